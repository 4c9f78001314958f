import { describe, expect, it } from 'vitest';
import { type Idea, suggestClusters, suggestionText } from './clusters.ts';

let made = 0;
function idea(text: string, values: Partial<Idea> = {}): Idea {
  made += 1;
  return { id: `n${String(made).padStart(4, '0')}`, text, entries: [], system: null, ...values };
}

const texts = (ideas: readonly Idea[]) =>
  suggestClusters(ideas).map(({ ids, words }) => ({
    texts: ids.map((id) => ideas.find((one) => one.id === id)?.text),
    words,
  }));

describe('suggested clusters', () => {
  it('gather what speaks of the same, and say of what', () => {
    const ideas = [
      idea('Staging does not rotate its instances'),
      idea('The on-call channel shows only the last card'),
      idea('Nobody knew that rotation differs in staging'),
      idea('The calendar of support is private'),
    ];
    const [found, ...rest] = suggestClusters(ideas);
    expect(rest).toEqual([]);
    expect(found?.ids).toEqual([ideas[0]?.id, ideas[2]?.id]);
    if (found === undefined) throw new Error('nothing was found');
    expect(suggestionText(found, String)).toBe('Both speak of: staging, rotate');
  });

  it('gather by moment and by system, too', () => {
    const ideas = [
      idea('The card was small', { entries: ['e1'] }),
      idea('Two alerts at once', { entries: ['e1'] }),
      idea('Thresholds are copied', { system: 'Alerting' }),
      idea('No owner is named', { system: 'alerting' }),
      idea('Something else entirely'),
    ];
    const found = suggestClusters(ideas).map((one) => suggestionText(one, () => '18:43'));
    expect(found.sort()).toEqual(['Both are about 18:43', 'Both name Alerting']);
  });

  it('are none where only usual words are shared', () => {
    expect(texts([idea('They did not know how'), idea('How did they know this?')])).toEqual([]);
    expect(suggestClusters([])).toEqual([]);
  });

  it('have each idea once', () => {
    const ideas = ['deploy pipeline slow', 'pipeline deploy flaky', 'flaky pipeline tests'].map(
      (text) => idea(text),
    );
    const ids = suggestClusters(ideas).flatMap((one) => one.ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('do not depend on the order, and are found quickly among thousands', () => {
    const words = Array.from(
      { length: 400 },
      (_, i) => `word${String.fromCharCode(97 + (i % 26))}${i}`,
    );
    const many = Array.from({ length: 2000 }, (_, i) =>
      idea([0, 1, 2, 3, 4, 5].map((n) => words[(i * 7 + n * n * 31) % 400]).join(' ')),
    );
    const before = performance.now();
    const found = suggestClusters(many);
    expect(performance.now() - before).toBeLessThan(2000);
    expect(found.length).toBe(6);
    const sorted = (all: typeof found) => all.map(({ ids }) => [...ids].sort());
    expect(sorted(suggestClusters([...many].reverse()))).toEqual(sorted(found));
  });
});
