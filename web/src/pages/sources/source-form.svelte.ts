import type { Source, Vendor } from '#api/types.ts';

/** What is typed about a source, and what of it is sent. */
export class SourceForm {
  name = $state('');
  /** Empty: the server makes one, or the present one stays. */
  secret = $state('');
  token = $state('');
  /** By their keys; of a list one a line. */
  settings = $state<Record<string, string>>({});
  retention = $state('');

  constructor(source?: Source) {
    this.name = source?.name ?? '';
    this.settings = asTyped(source?.settings);
    this.retention = source?.retention_days?.toString() ?? '';
  }

  /** As the API takes it; what was left empty is not mentioned. */
  body(vendor: Vendor | undefined) {
    const days = this.retention.trim();
    return {
      name: this.name,
      ...(this.secret.trim() && { secret: this.secret.trim() }),
      ...(this.token.trim() && { token: this.token.trim() }),
      settings: this.#settings(vendor),
      retention_days: days === '' ? null : Number(days),
    };
  }

  #settings(vendor: Vendor | undefined): Record<string, string | string[]> {
    const written: Record<string, string | string[]> = {};
    for (const { key, many } of vendor?.settings ?? []) {
      const typed = this.settings[key] ?? '';
      if (many && lines(typed).length > 0) written[key] = lines(typed);
      else if (!many && typed.trim()) written[key] = typed.trim();
    }
    return written;
  }
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function asTyped(settings: unknown): Record<string, string> {
  if (typeof settings !== 'object' || settings === null) return {};
  const typed = (value: unknown) => (Array.isArray(value) ? value.join('\n') : String(value ?? ''));
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, typed(value)]));
}
