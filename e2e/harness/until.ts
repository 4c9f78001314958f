const PATIENCE = 20_000;
const BETWEEN_LOOKS = 25;

/**
 * Waits for a state: asks again and again until the answer is neither undefined nor false.
 * `instead` says what there is when it does not come.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  instead: () => string | Promise<string> = () => '',
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen as Exclude<T, undefined | false>;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}; ${await instead()}`);
    await new Promise((done) => setTimeout(done, BETWEEN_LOOKS));
  }
}
