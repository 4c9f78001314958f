/** Places in a recording, as people read and type them. */

/** `12:34`, or `1:02:03` from an hour on. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(minutes / 60);
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${rest}` : `${minutes}:${rest}`;
}

/** The seconds in `754`, `12:34` or `1:02:03`; nothing if it is no place. */
export function secondsOf(text: string): number | undefined {
  const parts = text.trim().split(':');
  if (parts.length > 3 || !parts.every((part) => /^\d+(\.\d+)?$/.test(part))) return undefined;
  return parts.reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

/** `3.2 GB`, `640 MB` or `12 kB`. */
export function sizeOf(bytes: number): string {
  const units = [
    ['GB', 1e9, 1],
    ['MB', 1e6, 0],
  ] as const;
  for (const [unit, size, digits] of units) {
    if (bytes >= size) return `${(bytes / size).toFixed(digits)} ${unit}`;
  }
  return `${Math.ceil(bytes / 1000)} kB`;
}
