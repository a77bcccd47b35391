/**
 * Loads modules while there is no `fetch`. Yoga, on which Ink stands, has its WebAssembly in its own source and yet fetches it
 * where it can: for that Node loads all its client for HTTP, which takes longer than the rest of Ink together and answers
 * no key meanwhile. Without `fetch` Yoga decodes the same bytes in place. The monitor's process fetches nothing.
 */
export async function withoutFetch<T>(load: () => Promise<T>): Promise<T> {
  const fetch = Object.getOwnPropertyDescriptor(globalThis, "fetch");
  if (fetch?.configurable !== true) return load();
  Reflect.deleteProperty(globalThis, "fetch");
  try {
    return await load();
  } finally {
    Object.defineProperty(globalThis, "fetch", fetch);
  }
}
