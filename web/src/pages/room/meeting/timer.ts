/** How much of a stretch of time is left, in whole seconds; below 0 it is over. */
export function secondsLeft(endsAt: string, now: number): number {
  return Math.ceil((Date.parse(endsAt) - now) / 1000);
}

const MINUTE = 60;

/** "12:40" or, once it is over, "+2:05". */
export function clock(seconds: number): string {
  const over = seconds < 0;
  const whole = Math.abs(seconds);
  const rest = String(whole % MINUTE).padStart(2, '0');
  return `${over ? '+' : ''}${Math.floor(whole / MINUTE)}:${rest}`;
}

/** The same for ears: to the minute, so that it does not change with each second. */
export function spoken(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / MINUTE);
  const words = minutes === 1 ? '1 minute' : `${minutes} minutes`;
  if (minutes === 0) return seconds < 0 ? 'the time is over' : 'less than a minute left';
  return seconds < 0 ? `${words} over` : `${words} left`;
}
