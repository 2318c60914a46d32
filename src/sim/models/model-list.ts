import { createdAt, type JsonObject } from "./wire.ts";

/** Any id is answered; these are named so that a health check finds something. */
const ids = ["stand-in", "house/portfolio"];

/** GET /v1/models in the form of OpenAI, of Anthropic or of Google. */
export function modelList(path: string, anthropic: boolean): JsonObject {
  if (path.startsWith("/v1beta/"))
    return { models: ids.map((id) => ({ name: `models/${id}`, displayName: id, supportedGenerationMethods: ["generateContent"] })) };
  if (anthropic) {
    const data = ids.map((id) => ({ type: "model", id, display_name: id, created_at: "2026-01-01T00:00:00Z" }));
    return { data, has_more: false, first_id: ids[0], last_id: ids.at(-1) };
  }
  return { object: "list", data: ids.map((id) => ({ id, object: "model", created: createdAt, owned_by: "countersign" })) };
}
