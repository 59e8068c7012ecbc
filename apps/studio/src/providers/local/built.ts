/** What runs outside the caller's process or thread is the built file, also when the caller runs from its source, as specs do. */
export function built(url: URL): URL {
  return new URL(url.href.replace(/\/src\/(?=(?:providers|inputs)\/)/, '/dist/'));
}
