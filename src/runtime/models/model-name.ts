/** `provider/model`, the rest of it opaque: routers have slashes of their own in it. */
export function partsOf(model: string): { readonly provider: string; readonly id: string } {
  const slash = model.indexOf("/");
  return slash < 0 ? { provider: model, id: "" } : { provider: model.slice(0, slash), id: model.slice(slash + 1) };
}

/** The model that needs no provider. */
export const isHouse = (model: string): boolean => model.startsWith("house/");
