import type { Handbook, HandbookCheck, HandbookPart, HandbookStep } from '#api/types.ts';

export const PART_NAMES: Readonly<Record<HandbookPart, string>> = {
  open: 'Opening',
  record: 'Record',
  analysis: 'Analysis',
  actions: 'Actions',
  close: 'Closing',
};

type Watch = NonNullable<HandbookCheck['watch']>;

/** What the product sees by itself, so that a check need not be asked in vain. */
export const WATCHES: Readonly<Record<Watch, string>> = {
  looked_back_a_week: 'the room has looked a week back',
  every_discipline_spoke: 'every discipline has spoken',
  turning_points_chosen: 'turning points are chosen',
  themes_chosen: 'themes are chosen',
  actions_are_owned: 'each action has an owner and an end',
};

export interface Scheduled {
  step: HandbookStep;
  /** Minutes since the beginning of the meeting. */
  from: number;
  until: number;
}

/** The steps with their times in the meeting. */
export function schedule(steps: readonly HandbookStep[]): Scheduled[] {
  let from = 0;
  return steps.map((step) => {
    const begins = from;
    from += minutesOf(step);
    return { step, from: begins, until: from };
  });
}

export interface PartTime {
  part: HandbookPart;
  minutes: number;
  steps: HandbookStep[];
}

/** The steps by the part of the meeting that they belong to, in the order of the meeting. */
export function partTimes(steps: readonly HandbookStep[]): PartTime[] {
  const parts: PartTime[] = [];
  for (const step of steps) {
    const last = parts.at(-1);
    if (last?.part === step.part) {
      last.minutes += minutesOf(step);
      last.steps.push(step);
    } else {
      parts.push({ part: step.part, minutes: minutesOf(step), steps: [step] });
    }
  }
  return parts;
}

export function totalMinutes({ steps }: Handbook): number {
  return steps.reduce((sum, step) => sum + minutesOf(step), 0);
}

/** A field that is being typed in may hold nothing yet. */
function minutesOf({ minutes }: HandbookStep): number {
  return Number.isFinite(minutes) ? minutes : 0;
}

/** `0:05`, `1:20`: as a meeting's clock shows it. */
export function meetingClock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
