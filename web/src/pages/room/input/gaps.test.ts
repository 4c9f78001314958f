import { expect, it } from 'vitest';
import { gaps, gapWords } from './gaps.ts';

function discipline(slug: string, asked: string[] = [], has_people = true) {
  return { slug, label: slug.toUpperCase(), has_people, asked, proposed: [], questions: [] };
}

const entry = (lane: string, event?: string, deleted = false) => ({
  lane,
  deleted,
  evidence: event === undefined ? [] : [{ url: 'https://x.example', event }],
});

it('counts a word of somebody, proposed or not, and neither a tool nor what was deleted', () => {
  const all = [discipline('sre'), discipline('support'), discipline('sales'), discipline('other')];
  const entries = [entry('sre', 'e'), entry('support'), entry('sales', undefined, true)];
  expect(gaps(all, entries).map(({ slug }) => slug)).toEqual(['sre', 'sales']);
});

it('expects those who exist and those who were asked', () => {
  const all = [discipline('legal', [], false), discipline('other', ['ada']), discipline('sre')];
  expect(gaps(all, [])).toEqual([
    { slug: 'other', label: 'OTHER', asked: true },
    { slug: 'sre', label: 'SRE', asked: false },
  ]);
});

it('says so by discipline', () => {
  const of = (...slugs: [string, boolean][]) =>
    gapWords(slugs.map(([label, asked]) => ({ slug: label, label, asked })));
  expect(of()).toBe('');
  expect(of(['Support', false], ['Sales', false])).toBe('No word yet from Support and Sales.');
  expect(of(['Support', true], ['Sales', false])).toBe(
    'No word yet from Support and Sales. Support was asked.',
  );
  expect(of(['Support', true])).toBe('No word yet from Support. It was asked.');
});
