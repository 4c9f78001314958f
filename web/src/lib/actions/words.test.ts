import { describe, expect, it } from 'vitest';
import type { Watch } from '#api/types.ts';
import {
  dueWords,
  missingWords,
  servicesWords,
  shortDay,
  sinceWords,
  today,
  watchWords,
} from './words.ts';

const NOW = '2026-03-12';

describe('when an action is due', () => {
  it.each([
    ['2026-03-03', 'overdue since 3 March'],
    ['2025-12-03', 'overdue since 3 December 2025'],
    ['2026-03-12', 'due today'],
    ['2026-03-13', 'due tomorrow'],
    ['2026-04-01', 'due on 1 April'],
    [null, ''],
  ])('%s: %s', (due, words) => {
    expect(dueWords({ due, state: 'open' }, NOW)).toBe(words);
  });

  it('is past when it is finished', () => {
    expect(dueWords({ due: '2026-03-03', state: 'done' }, NOW)).toBe('was due on 3 March');
  });
});

it('knows the day where the reader is', () => {
  const now = new Date('2026-03-12T23:30:00Z');
  expect(today('UTC', now)).toBe('2026-03-12');
  expect(today('Europe/Berlin', now)).toBe('2026-03-13');
  expect(today('Nowhere/Atall', now)).toBe('2026-03-12');
  expect(shortDay('2026-03-12T23:30:00Z', NOW, 'Europe/Berlin')).toBe('13 March');
});

it('says since when it is where it is', () => {
  const at = { state_since: '2026-03-03T10:00:00Z' };
  expect(sinceWords({ ...at, state: 'done' }, NOW, 'UTC')).toBe('done on 3 March');
  expect(sinceWords({ ...at, state: 'open' }, NOW, 'UTC')).toBe('');
});

const watch: Watch = {
  action: 'a',
  since: '2026-03-03T10:00:00Z',
  until: '2026-06-01T10:00:00Z',
  over: false,
  behind: 'theme',
  alerts: [
    { event: 'e', title: 'Latency', service: 'checkout', again: null },
    { event: 'f', title: 'Errors', service: 'checkout', again: null },
  ],
  services: ['checkout'],
  alerts_before: 12,
  alerts_since: 0,
};
const again = (times: number, last_at: string) => ({
  times,
  first_at: last_at,
  last_at,
  event: null,
});

describe('did it help', () => {
  it('is told as a fact', () => {
    expect(watchWords(watch, NOW, 'UTC')).toBe('quiet since 3 March');
    const [first, second] = watch.alerts;
    const fired = (...of: [number, string][]): Watch => ({
      ...watch,
      alerts: [first, second].flatMap((alert, i) => {
        const it = of[i];
        return alert ? [it ? { ...alert, again: again(...it) } : alert] : [];
      }),
    });
    expect(watchWords(fired([1, '2026-03-09T10:00:00Z']), NOW, 'UTC')).toBe(
      'fired again once, on 9 March',
    );
    const two = fired([1, '2026-03-09T10:00:00Z'], [2, '2026-03-08T10:00:00Z']);
    expect(watchWords(two, NOW, 'UTC')).toBe('fired again 3 times, last on 9 March');
  });

  it('has an end', () => {
    const over = { ...watch, over: true };
    expect(watchWords(over, '2026-07-01', 'UTC')).toBe('quiet since 3 March until 1 June');
  });

  it('compares the services where no alert is known', () => {
    const none: Watch = { ...watch, behind: 'services', alerts: [] };
    expect(watchWords(none, NOW, 'UTC')).toBe(
      'No alert of checkout since, 12 in the 90 days before',
    );
    expect(servicesWords({ ...none, alerts_since: 1 })).toMatch(/^1 alert of checkout since/);
    expect(servicesWords({ ...none, services: [] })).toBe('');
  });
});

it('says quietly what is missing', () => {
  const bare = { owner: null, due: null, doneWhen: ' ', state: 'open' as const };
  expect(missingWords(bare)).toBe(
    'Still to say: who takes it on, by when and how you would know that it is done.',
  );
  expect(missingWords({ ...bare, owner: 'Ana', doneWhen: 'It pages' })).toBe(
    'Still to say: by when.',
  );
  expect(missingWords({ ...bare, owner: 'Ana', due: NOW, doneWhen: 'It pages' })).toBe('');
  expect(missingWords({ ...bare, state: 'declined' })).toBe('');
});
