/** When a UUIDv7 was made, in whole seconds since 1970: its first 48 bits are milliseconds. */
export function timeOfId(id: string): number {
  return Math.floor(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) / 1000);
}
