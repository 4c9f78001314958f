import type { Source, Vendor } from '#api/types.ts';
import { settingsAsTyped, settingsOf } from '#lib/vendor/settings.ts';

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
    this.settings = settingsAsTyped(source?.settings);
    this.retention = source?.retention_days?.toString() ?? '';
  }

  /** As the API takes it; what was left empty is not mentioned. */
  body(vendor: Vendor | undefined) {
    const days = this.retention.trim();
    return {
      name: this.name,
      ...(this.secret.trim() && { secret: this.secret.trim() }),
      ...(this.token.trim() && { token: this.token.trim() }),
      settings: settingsOf(this.settings, vendor?.settings ?? []),
      retention_days: days === '' ? null : Number(days),
    };
  }
}
