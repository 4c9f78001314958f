import { describe, expect, it } from 'vitest';
import { partsOf, termFor, unmarked } from './marks.ts';
import { CYNEFIN, GLOSSARY, GROUPS } from './terms.ts';

describe('marked terms', () => {
  it('are found, in other words too', () => {
    expect(partsOf('What kept us from [[Probing]] and [[ sensing | seeing it ]]?')).toEqual([
      { words: 'What kept us from ' },
      { words: 'Probing', term: 'probing' },
      { words: ' and ' },
      { words: 'seeing it', term: 'sensing' },
      { words: '?' },
    ]);
  });

  it.each(['[[', ']]', 'a [[b', 'a]] b', '[b]', ']] [['])('are not seen in %s', (text) => {
    expect(partsOf(text)).toEqual([{ words: text }]);
  });

  it('are not swallowed by one that was never closed', () => {
    expect(unmarked('a ]] b [[c [[theme]]')).toBe('a ]] b [[c theme');
    expect(unmarked('[[[theme]]]')).toBe('[theme]');
  });

  it('that the glossary does not know are plain words', () => {
    expect(partsOf('[[Pizza]] first')).toEqual([{ words: 'Pizza' }, { words: ' first' }]);
  });

  it('are known however they are written', () => {
    expect(termFor(' Local  Rationality ')).toBe('local-rationality');
    expect(termFor('constructor')).toBeUndefined();
  });
});

describe('the glossary', () => {
  it('shows each term once', () => {
    const shown = GROUPS.flatMap(({ names }) => names);
    expect(shown.toSorted()).toEqual(Object.keys(GLOSSARY).toSorted());
  });

  it('explains in a sentence or two that fit where the term is met', () => {
    for (const { name, short } of Object.values(GLOSSARY)) {
      expect(short.length, name).toBeLessThan(260);
      expect(short, name).toMatch(/[.?]$/u);
    }
  });

  it('knows the four responses', () => {
    expect(CYNEFIN.map(({ name, response }) => `${name}: ${response.join(', ')}`)).toEqual([
      'obvious: Sense, categorise, respond',
      'complicated: Sense, analyse, respond',
      'complex: Probe, sense, respond',
      'chaotic: Act, sense, respond',
    ]);
  });
});
