import type { Readable } from 'svelte/store';

export interface Later<T> extends Readable<T> {
  set(value: T): void;
}

/**
 * A store whose value is new at once, and whose readers are told when the running code is done.
 *
 * An edit may be made while Svelte draws: an editor that is taken off the page loses the focus,
 * and says so to the others in the room. State must not change in the midst of drawing.
 *
 * `start` runs when the first reader comes, and what it answers when the last one goes.
 */
export function later<T>(initial: T, start?: (set: (value: T) => void) => () => void): Later<T> {
  const readers = new Set<(value: T) => void>();
  let now = initial;
  let telling = false;
  let stop: (() => void) | undefined;

  const tell = () => {
    telling = false;
    for (const reader of [...readers]) reader(now);
  };
  const set = (value: T) => {
    now = value;
    if (telling || readers.size === 0) return;
    telling = true;
    queueMicrotask(tell);
  };
  return {
    set,
    subscribe(run) {
      if (readers.size === 0) stop = start?.(set);
      readers.add(run);
      run(now);
      return () => {
        readers.delete(run);
        if (readers.size === 0) stop?.();
      };
    },
  };
}
