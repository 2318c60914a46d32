import { mkdirSync, writeFileSync } from "node:fs";
import { configSchema } from "../config/config.ts";
import { railsPage } from "../flow/rails/page.ts";
import { dialPage } from "../flow/sizing/aggressiveness.ts";
import { arbitrationPage } from "../flow/resolution/arbitration-page.ts";
import { configuredThresholds } from "./equities-plan.ts";

/** Writes the generated pages of docs/; a test fails while one of them differs from what this makes. */
const docs = new URL("../../docs/", import.meta.url);
mkdirSync(docs, { recursive: true });
writeFileSync(new URL("rails.md", docs), railsPage());
writeFileSync(new URL("arbitration.md", docs), arbitrationPage());
mkdirSync(new URL("desks/", docs), { recursive: true });
writeFileSync(new URL("desks/equities-dial.md", docs), dialPage(configuredThresholds({ config: configSchema.parse({}) })));
