import type {
  Handbook,
  HandbookProposal,
  HandbookSuggestion,
  ProcessFigure,
  ProcessFigureSide,
} from '#api/types.ts';
import { counted } from '#lib/counted.ts';
import { minuteText } from '#lib/feedback/minute.ts';
import { unmarked } from '#lib/glossary/marks.ts';

type Part = HandbookSuggestion['part'];

export const PARTS: readonly { value: Part; label: string }[] = [
  { value: 'prompt', label: 'A question for the room' },
  { value: 'say', label: 'Something to say' },
  { value: 'check', label: 'A check before it is left' },
  { value: 'sign', label: 'A sign to watch for, and a move' },
  { value: 'minutes', label: 'How long it takes' },
];

const FROM: Readonly<Record<HandbookProposal['from'], string>> = {
  feedback: 'From feedback among facilitators',
  survey: 'From a survey',
  parked: 'Parked in a meeting',
  lesson: 'From a facilitator’s own lesson',
};

/** Where a proposal comes from, without anybody’s name. */
export function fromWhere({ from, postmortem_title: title, at }: HandbookProposal): string {
  const place = title ? `, “${title}”` : '';
  return `${FROM[from]}${place}${title && at != null ? ` at ${minuteText(at)}` : ''}`;
}

/** What a proposal would change, in a sentence. */
export function changeWords(handbook: Handbook | undefined, it: HandbookSuggestion): string {
  const step = handbook?.steps.find(({ id }) => id === it.step);
  const where = step ? `“${unmarked(step.title)}”` : 'a step that is gone';
  if (it.part === 'minutes') return `In ${where}: ${counted(it.minutes ?? 0, 'minute')}.`;
  const part = PARTS.find(({ value }) => value === it.part)?.label.toLocaleLowerCase() ?? '';
  const move = it.part === 'sign' && it.move ? ` ${it.move}` : '';
  return `In ${where}, ${part}: “${it.text}”${move}`;
}

const HOURS_IN_DAYS = 72;

/** A value of a figure as people say it. */
export function valueText(unit: ProcessFigure['unit'], value: number): string {
  const round = (number: number) =>
    number.toLocaleString('en-GB', { maximumFractionDigits: number < 10 ? 1 : 0 });
  switch (unit) {
    case 'share':
      return `${Math.round(value * 100)} %`;
    case 'count':
      return round(value);
    case 'days':
      return value === 1 ? '1 day' : `${round(value)} days`;
    case 'hours':
      return value < HOURS_IN_DAYS ? `${round(value)} h` : `${round(value / 24)} days`;
  }
}

/** A side of a figure for those who do not see it. */
export function sideText({ unit }: ProcessFigure, side: ProcessFigureSide, name: string): string {
  const cases = counted(side.points.length, 'case');
  if (side.median == null) return `${name}: no case`;
  return `${name}: ${cases}, half of them at or below ${valueText(unit, side.median)}`;
}
