import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { derivedAnswer } from "../../../src/sim/models/derived-answer.ts";

describe("an answer derived from a schema", () => {
  it.each`
    schema                                                                                   | answer               | because
    ${{ type: "string" }}                                                                    | ${"as asked"}        | ${"any text will do"}
    ${{ type: ["number", "null"] }}                                                          | ${null}              | ${"it may be left open"}
    ${{ anyOf: [{ type: "number" }, { type: "null" }] }}                                     | ${null}              | ${"said in another way"}
    ${{ enum: ["buy", "sell"] }}                                                             | ${"buy"}             | ${"the first word"}
    ${{ const: 7 }}                                                                          | ${7}                 | ${"there is no other"}
    ${{ type: "integer", minimum: 3, maximum: 9 }}                                           | ${3}                 | ${"the least that it may be"}
    ${{ type: "number", maximum: -2 }}                                                       | ${-2}                | ${"zero is too much"}
    ${{ type: "string", minLength: 10, maxLength: 10 }}                                      | ${"as asked.."}      | ${"lengths are kept"}
    ${{ type: "array", items: { type: "boolean" }, minItems: 2 }}                            | ${[false, false]}    | ${"as many as there must be"}
    ${{ $ref: "#/$defs/a", $defs: { a: { type: "boolean" } } }}                              | ${false}             | ${"references are followed"}
    ${{ allOf: [{ properties: { a: { const: 1 } } }, { properties: { b: { const: 2 } } }] }} | ${{ a: 1, b: 2 }}    | ${"all of them at once"}
    ${{ type: "OBJECT", properties: { a: { type: "STRING" } } }}                             | ${{ a: "as asked" }} | ${"Google writes capitals"}
  `("is $answer since $because", ({ schema, answer }) => {
    expect(derivedAnswer(schema as Record<string, unknown>)).toEqual(answer);
  });

  it("ends for a schema that holds itself", () => {
    const itself = { type: "object", properties: { next: { $ref: "#" } } };
    expect(JSON.stringify(derivedAnswer(itself))).toContain("null");
  });

  it("is valid for schemas such as ours", () => {
    const leaf = fc.constantFrom<z.ZodType>(
      z.string(),
      z.number(),
      z.int().min(2).max(8),
      z.boolean(),
      z.enum(["a", "b"]),
      z.number().nullable(),
      z.literal("x"),
      z.iso.datetime(),
      z.string().min(20),
    );
    const { schema } = fc.letrec<{ schema: z.ZodType }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        leaf,
        tie("schema").map((of) => z.array(of).min(1)),
        fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie("schema"), { maxKeys: 4 }).map((of) => z.strictObject(of)),
      ),
    }));
    fc.assert(
      fc.property(schema, (of) => {
        expect(of.safeParse(derivedAnswer(z.toJSONSchema(of)))).toMatchObject({ success: true });
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });
});
