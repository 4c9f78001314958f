/** What an administrator sets about another system, between a form and the API. */
import type { VendorSetting } from '#api/types.ts';

/** As typed, by their keys; of a list one a line. */
export type TypedSettings = Record<string, string>;

/** As the API takes them; what was left empty is not mentioned. */
export function settingsOf(
  typed: Readonly<TypedSettings>,
  known: readonly VendorSetting[],
): Record<string, string | string[]> {
  const written: Record<string, string | string[]> = {};
  for (const { key, many } of known) {
    const text = typed[key] ?? '';
    if (many && lines(text).length > 0) written[key] = lines(text);
    else if (!many && text.trim()) written[key] = text.trim();
  }
  return written;
}

/** As they would have been typed. */
export function settingsAsTyped(settings: unknown): TypedSettings {
  if (typeof settings !== 'object' || settings === null) return {};
  const typed = (value: unknown) => (Array.isArray(value) ? value.join('\n') : String(value ?? ''));
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, typed(value)]));
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
