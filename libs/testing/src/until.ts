const LOOK_EVERY_MS = 20;

/** Looks again until it finds something. @throws Error after `patienceMs` */
export async function until<T>(look: () => T | Promise<T>, patienceMs = 20_000): Promise<NonNullable<T>> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`It never became true: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
