/** Calls once, as soon as nothing was asked for `wait` milliseconds. */
export function debounced<Args extends unknown[]>(
  wait: number,
  call: (...args: Args) => void,
): ((...args: Args) => void) & { cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => clearTimeout(timer);
  const later = (...args: Args) => {
    cancel();
    timer = setTimeout(() => call(...args), wait);
  };
  return Object.assign(later, { cancel });
}
