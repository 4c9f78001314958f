/** `12:34`, `1:02:03`: as players show it. */
export function minuteText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

const WRITTEN = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})$/;
const MINUTES_ALONE = /^\d{1,4}$/;

/** Seconds of `12:34`, of `1:02:03`, or of `12`, which is minutes; nothing for anything else. */
export function secondsOf(text: string): number | undefined {
  const written = text.trim();
  if (MINUTES_ALONE.test(written)) return Number(written) * 60;
  const [, hours = '0', minutes, seconds] = WRITTEN.exec(written) ?? [];
  if (minutes === undefined || seconds === undefined || Number(seconds) > 59) return undefined;
  if (hours !== '0' && Number(minutes) > 59) return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
