/** The hours of a day, to choose from. */
export const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** The quarters of an hour of a day, its end included. */
export const QUARTERS = Array.from({ length: 97 }, (_, at) => {
  const two = (part: number) => String(part).padStart(2, '0');
  const clock = `${two(Math.floor(at / 4))}:${two((at % 4) * 15)}`;
  return { value: clock, label: clock };
});
