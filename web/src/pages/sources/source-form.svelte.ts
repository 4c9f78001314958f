import type { Source } from '#api/types.ts';

/** What is typed about a source, and what of it is sent. */
export class SourceForm {
  name = $state('');
  /** Empty: the server makes one, or the present one stays. */
  secret = $state('');
  token = $state('');
  settings = $state('');
  retention = $state('');

  constructor(source?: Source) {
    this.name = source?.name ?? '';
    this.settings = isEmpty(source?.settings) ? '' : JSON.stringify(source?.settings, null, 2);
    this.retention = source?.retention_days?.toString() ?? '';
  }

  /** What is wrong with the settings, before anything is sent. */
  get settingsProblem(): string | undefined {
    return this.#settings() === undefined
      ? 'Write them as JSON: {"name": "value"}. The tool’s page in the docs shows them.'
      : undefined;
  }

  /** As the API takes it; what was left empty is not mentioned. */
  get body() {
    const days = this.retention.trim();
    return {
      name: this.name,
      ...(this.secret.trim() && { secret: this.secret.trim() }),
      ...(this.token.trim() && { token: this.token.trim() }),
      settings: this.#settings() ?? {},
      retention_days: days === '' ? null : Number(days),
    };
  }

  #settings(): Record<string, unknown> | undefined {
    if (this.settings.trim() === '') return {};
    try {
      const read: unknown = JSON.parse(this.settings);
      return isObject(read) ? read : undefined;
    } catch {
      return undefined;
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(settings: unknown): boolean {
  return !isObject(settings) || Object.keys(settings).length === 0;
}
