import type { TimeChoice } from '#api/types.ts';
import { day, isLocalDifferent, local, momentText } from '#lib/time.ts';

/** What a moment that may be meant is called: UTC first, and the reader's clock. */
export function choiceLabel(choice: TimeChoice, zone: string): string {
  if (!choice.at) return 'Nobody knows';
  const utc = `${momentText(choice)} UTC, ${day(choice.at)}`;
  return isLocalDifferent(choice.at, zone) ? `${utc} (${local(choice.at, zone)})` : utc;
}
