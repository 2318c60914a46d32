import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, secretsOf } from "../../src/words/redact.ts";

describe("secrets are taken out of what leaves the program (LINE-9)", () => {
  const environment = {
    ALPACA_SECRET_KEY: "alp/aca+sec ret",
    DATABASE_URL: "postgres://u:pa55word@h/db",
    PATH: "/usr/bin",
    EMPTY_TOKEN: "",
  };
  const secrets = secretsOf(environment);
  const secret = environment.ALPACA_SECRET_KEY;

  it("knows them by the names of their variables, and a password in a URL by itself", () => {
    expect(secrets).toEqual([secret, environment.DATABASE_URL, "pa55word", ""]);
  });

  const table: readonly (readonly [text: string, because: string])[] = [
    [`key ${secret}!`, "in plain"],
    [`u=${encodeURIComponent(secret)}!`, "in a URL"],
    [`b=${Buffer.from(secret).toString("base64")}`, "in base64"],
    [`b=${Buffer.from(secret).toString("base64url")}`, "in base64 for URLs"],
    [`h=${Buffer.from(secret).toString("hex")}`, "in hex"],
    ["login pa55word failed", "the password alone"],
    ["sk-ant-api03-abcdefghijklmnop_q", "a key nobody told us of, by its shape"],
    ["Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "a bearer"],
    ["postgres://me:hunter2@db.example/x", "the password of a URL nobody told us of"],
    ["-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "a private key with all its lines"],
  ];
  it.each(table)("%j: %s", (text) => {
    const safe = redact(text, secrets);
    expect(safe).toContain("[secret]");
    expect(safe).not.toMatch(/alp|YWxw|616c70|pa55|abcdefgh|hunter2|MIIE/);
  });

  it("leaves ordinary words alone", () => {
    const text = 'limits.positionsMax: "few" is not a whole number; see https://example.org:8080/a@b and task-force';
    expect(redact(text, secretsOf({ SHORT_KEY: "few", PATH: "limits" }))).toBe(text);
  });

  it("law: no spelling of a known secret is left", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 40 }), fc.string(), (key, around) => {
        const spelled = [key, encodeURIComponent(key), Buffer.from(key).toString("hex")];
        for (const each of spelled) expect(redact(`${around}${each}${around}`, [key]).replaceAll("[secret]", "")).not.toContain(each);
      }),
      { seed: 20_261_121 },
    );
  });
});
