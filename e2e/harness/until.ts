const PATIENCE = 20_000;
const BETWEEN_LOOKS = 25;

/** Waits for a state: asks again and again until the answer is neither undefined nor false. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  patience = PATIENCE,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen as Exclude<T, undefined | false>;
    if (Date.now() > end) throw new Error(`waited ${patience} ms in vain until ${what}`);
    await new Promise((done) => setTimeout(done, BETWEEN_LOOKS));
  }
}
