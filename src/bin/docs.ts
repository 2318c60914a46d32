import { mkdirSync, writeFileSync } from "node:fs";
import { railsPage } from "../flow/rails/page.ts";
import { arbitrationPage } from "../flow/resolution/arbitration-page.ts";

/** Writes the generated pages of docs/; a test fails while one of them differs from what this makes. */
const docs = new URL("../../docs/", import.meta.url);
mkdirSync(docs, { recursive: true });
writeFileSync(new URL("rails.md", docs), railsPage());
writeFileSync(new URL("arbitration.md", docs), arbitrationPage());
