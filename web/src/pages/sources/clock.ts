import { counted } from '#lib/counted.ts';

const UNITS = { seconds: 1, minutes: 60, hours: 3600 } as const;
export type Unit = keyof typeof UNITS;

/** What has to be added to a clock that was fast or slow by so much; nothing if that is no number. */
export function correction(way: 'fast' | 'slow', by: string, unit: Unit): number | undefined {
  const amount = Number(by.replace(',', '.'));
  const seconds = Math.round(amount * UNITS[unit]);
  if (by.trim() === '' || !Number.isFinite(seconds) || seconds <= 0) return undefined;
  return way === 'fast' ? -seconds : seconds;
}

/** "4 minutes fast": how wrong a clock was that is corrected by so many seconds. */
export function wrongness(seconds: number): string {
  const by = Math.abs(seconds);
  const unit = (['hours', 'minutes', 'seconds'] as const).find((it) => by % UNITS[it] === 0);
  const name = unit ?? 'seconds';
  return `${counted(by / UNITS[name], name.slice(0, -1))} ${seconds < 0 ? 'fast' : 'slow'}`;
}
