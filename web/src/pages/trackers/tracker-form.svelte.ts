import type { Person, TicketVendor, Tracker } from '#api/types.ts';
import { settingsAsTyped, settingsOf, type TypedSettings } from '#lib/vendor/settings.ts';

/** What is typed about a tracker, and what of it is sent. */
export class TrackerForm {
  name = $state('');
  token = $state('');
  settings = $state<TypedSettings>({});
  /** The name by which the tracker knows each person, by our ids. */
  people = $state<Record<string, string>>({});

  constructor(tracker?: Tracker) {
    this.name = tracker?.name ?? '';
    this.settings = settingsAsTyped(tracker?.settings);
    this.people = { ...tracker?.people };
  }

  /** As the API takes it; a token that was left empty is not mentioned. */
  body(vendor: TicketVendor | undefined, people: readonly Person[]) {
    const named = people.flatMap(({ id }) => {
      const name = this.people[id]?.trim() ?? '';
      return name === '' ? [] : [[id, name] as const];
    });
    return {
      name: this.name,
      ...(this.token.trim() && { token: this.token.trim() }),
      settings: settingsOf(this.settings, vendor?.settings ?? []),
      people: Object.fromEntries(named),
    };
  }
}
