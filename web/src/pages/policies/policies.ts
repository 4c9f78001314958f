import type { components } from '#api/schema.ts';

type Schemas = components['schemas'];

export type Policies = Schemas['ReviewPolicies'];
export type Policy = Schemas['ReviewPolicy'];
export type Conditions = Schemas['ReviewConditions'];
export type Terms = Schemas['ReviewTerms'];
export type Opening = Schemas['ReviewOpening'];
export type PolicyTrial = Schemas['PolicyTrial'];

/** What a policy can ask for, in the order in which a sentence has it. */
export const CONDITIONS = [
  'severities',
  'services',
  'minutes',
  'customers',
  'near_miss',
  'asked',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** How a condition is called where it is added. */
export const CONDITION_NAMES: Readonly<Record<Condition, string>> = {
  severities: 'its severity',
  services: 'its services',
  minutes: 'how long it lasts',
  customers: 'customers write meanwhile',
  near_miss: 'it is a near-miss',
  asked: 'somebody asks for it',
};

export const OPENINGS: readonly { value: Opening; label: string }[] = [
  { value: 'at_once', label: 'at once' },
  { value: 'when_over', label: 'once the incident is over' },
  { value: 'when_asked', label: 'only when somebody asks for it' },
];

export const WATCHERS = [
  { value: '', label: 'everyone if names are shown, else the room' },
  { value: 'everyone', label: 'everyone, once it is published' },
  { value: 'took-part', label: 'those of the room' },
] as const;

/** Whether a policy asks for it. */
export function asksFor(when: Conditions, condition: Condition): boolean {
  const value = when[condition];
  return Array.isArray(value)
    ? value.length > 0
    : value !== null && value !== undefined && value !== false;
}

/** What each is where it is added; a list begins with an empty line to write in. */
const BEGUN: Readonly<Record<Condition, Partial<Conditions>>> = {
  severities: { severities: [''] },
  services: { services: [''] },
  minutes: { minutes: 60 },
  customers: { customers: true },
  near_miss: { near_miss: true },
  asked: { asked: true },
};

/** What each is where nothing is asked. */
const NOTHING: Conditions = {
  severities: [],
  services: [],
  minutes: null,
  customers: false,
  near_miss: false,
  asked: false,
};

/** The conditions with one more. */
export function withCondition(when: Conditions, condition: Condition): Conditions {
  return { ...when, ...BEGUN[condition] };
}

/** The conditions without one of them. */
export function without(when: Conditions, condition: Condition): Conditions {
  return { ...when, [condition]: NOTHING[condition] };
}

/** The words between commas. */
export function listed(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}

/** "SEV1, SEV2 or P1" */
export function either(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** A policy that is being added, with what holds for everything else to begin from. */
export function newPolicy(like: Terms): Policy {
  return {
    name: '',
    when: NOTHING,
    terms: { ...structuredClone(like), opening: 'when_over' },
  };
}

/** The list with one of it moved by a place. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const others = list.filter((_, place) => place !== at);
  return list.slice(at, at + 1).reduce((all, it) => all.toSpliced(at + by, 0, it), others);
}

/** By which an incident of the trial is found again. */
export function keyOf({ postmortem, incident, title }: PolicyTrial): string {
  return postmortem ?? `${incident.started_at} ${title}`;
}

const OUTCOMES: Readonly<Record<Opening, string>> = {
  at_once: 'opened at once',
  when_over: 'opened once over',
  when_asked: 'when asked',
};

/** What would have become of it, in two words. */
export function outcome({ opening }: Pick<PolicyTrial, 'opening'>): string {
  return OUTCOMES[opening];
}

/** How many would have been opened without anybody asking. */
export function openedAlone(trial: readonly PolicyTrial[]): number {
  return trial.filter(({ opening }) => opening !== 'when_asked').length;
}
