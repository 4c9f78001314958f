import type { SeatName, TrainingStep } from '#api/types.ts';

/** What a seat is called, and how somebody is looked for or asked to take it. */
export const SEATS: Readonly<
  Record<SeatName, { label: string; find: string; asked: string; will: string }>
> = {
  facilitator: {
    label: 'Facilitator',
    find: 'Find a facilitator',
    asked: 'to facilitate',
    will: 'I will facilitate',
  },
  co_facilitator: {
    label: 'Co-facilitator',
    find: 'Find a co-facilitator',
    asked: 'to lead together with the facilitator',
    will: 'I will lead with them',
  },
  note_taker: {
    label: 'Note-taker',
    find: 'Find a note-taker',
    asked: 'to take notes for the room',
    will: 'I will take notes',
  },
  shadow: {
    label: 'Watches',
    find: 'Offer it to somebody who learns',
    asked: 'to watch how it is led',
    will: 'I will watch',
  },
};

export const SEAT_ORDER: readonly SeatName[] = [
  'facilitator',
  'co_facilitator',
  'note_taker',
  'shadow',
];

/** The steps of the training: what somebody has done, and what comes next for them. */
export const STEPS: readonly { value: TrainingStep; label: string; meaning: string }[] = [
  { value: 'read', label: 'Read', meaning: 'Read the handbook, and how others led.' },
  {
    value: 'shadowed',
    label: 'Shadowed',
    meaning: 'Watch a meeting, then talk about its choices with whoever led it.',
  },
  {
    value: 'led',
    label: 'Led with a second',
    meaning: 'Lead one together with somebody who has graduated.',
  },
  { value: 'graduated', label: 'Graduated', meaning: 'Lead alone, and lead with those who learn.' },
];

export function stepLabel(step: TrainingStep): string {
  return STEPS.find(({ value }) => value === step)?.label ?? step;
}

/** What is asked before a step is noted. */
export function noteWords(step: TrainingStep, title: string, name: string): string {
  if (step === 'graduated') {
    return `You led “${title}” with ${name}. Can they lead alone from now on?`;
  }
  return step === 'shadowed'
    ? `You watched “${title}”. Have you talked about its choices with whoever led it?`
    : `You led “${title}” with somebody who has graduated. Have you talked about how it went?`;
}
