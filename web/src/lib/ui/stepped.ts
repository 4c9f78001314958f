/**
 * Where an arrow, Home or End key leads in a list of `count` things of which `at` has the focus.
 * It wraps round; another key leads nowhere.
 */
export function stepped(
  key: string,
  at: number,
  count: number,
  direction: 'vertical' | 'horizontal',
): number | undefined {
  if (count === 0) return undefined;
  const [forward, back] =
    direction === 'vertical' ? ['ArrowDown', 'ArrowUp'] : ['ArrowRight', 'ArrowLeft'];
  if (key === forward) return (at + 1) % count;
  if (key === back) return (Math.max(at, 0) - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
