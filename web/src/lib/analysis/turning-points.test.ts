import { describe, expect, it } from 'vitest';
import { moments } from '../record/moments.ts';
import type { Entry } from '../record/types.ts';
import { turningPoints } from './turning-points.ts';

let made = 0;
function entry(time: string | null, text: string, values: Partial<Entry> = {}): Entry {
  made += 1;
  return {
    id: `e${String(made).padStart(3, '0')}`,
    order: made,
    deleted: false,
    withheld: false,
    at: time === null ? null : `2026-03-01T${time}:00Z`,
    until: null,
    precision: time === null ? 'unknown' : 'exact',
    typed: null,
    question: null,
    kind: 'did',
    lane: 'sre',
    who: null,
    text: [{ type: 'paragraph', attrs: {}, content: [{ type: 'text', text, marks: [] }] }],
    evidence: [],
    beside: null,
    proposed: false,
    asked: null,
    ...values,
  };
}

const chosen = new Set<string>();

function suggested(...entries: Entry[]) {
  const timeline = moments(new Map(entries.map((one) => [one.id, one])));
  const lane = (slug: string) => (slug === 'sre' ? 'SRE' : 'Support');
  return turningPoints(timeline, { startedAt: '2026-03-01T18:00:00Z', lane, chosen });
}

const reasons = (...entries: Entry[]) => suggested(...entries).flatMap((point) => point.reasons);

describe('turning points', () => {
  it('are where views of one moment differ', () => {
    const head = entry('18:43', 'the graph is flat', { kind: 'observed' });
    const other = entry('18:43', 'customers write', { lane: 'support', beside: head.id });
    expect(suggested(head, other)).toEqual([
      {
        entries: [head.id, other.id],
        reasons: ['Views of one moment that stand side by side: SRE, Support'],
      },
    ]);
    const belief = entry('18:43', 'it was the rotation', { kind: 'believed', beside: head.id });
    expect(reasons(head, belief)).toEqual(['What was believed stands beside what was seen']);
  });

  it('are where a belief stands close to what was seen', () => {
    const seen = entry('18:43', 'a warning', { kind: 'observed' });
    const near = entry('18:45', 'that is the rotation', { kind: 'believed' });
    const far = entry('18:59', 'that is the rotation', { kind: 'believed' });
    expect(reasons(seen, near)).toEqual(['A belief, close to what was seen at 18:43']);
    expect(reasons(seen, far)).toEqual([]);
  });

  it('are at surprise, and at what went without saying', () => {
    expect(reasons(entry('18:43', 'Obviously a deploy. Strange graph.'))).toEqual([
      'Says “obviously” and “strange”',
    ]);
    expect(reasons(entry('18:43', 'the oddity of a modest deploy'))).toEqual([]);
  });

  it('are at hand-overs, told by words or by lanes', () => {
    expect(reasons(entry('18:43', 'Ben took over'))).toEqual(['A hand-over: “took over”']);
    const stretch = ['18:43', '18:44', '18:45'].map((time) => entry(time, 'looks at the graph'));
    const support = entry('18:46', 'writes to customers', { lane: 'support' });
    expect(reasons(...stretch, support)).toEqual(['The work passes from SRE to Support']);
    expect(reasons(...stretch.slice(1), support)).toEqual([]);
  });

  it('are after silences that are long for this record', () => {
    const quick = ['18:40', '18:41', '18:42', '18:43'].map((time) => entry(time, 'looks'));
    const words = 'The first after 17 minutes of which the record tells nothing';
    expect(reasons(...quick, entry('19:00', 'looks again'))).toEqual([words]);
    const slow = ['18:10', '18:25', '18:40', '18:55'].map((time) => entry(time, 'looks'));
    expect(reasons(...slow, entry('19:12', 'looks again'))).toEqual([]);
    const before = entry('11:00', 'a first sign');
    expect(reasons(before, ...quick)).toEqual([]);
  });

  it('are at the first reaction to alerts', () => {
    const alert = (time: string) => entry(time, 'disk space low', { kind: 'alert' });
    const react = entry('18:52', 'looks');
    expect(reasons(alert('18:43'), alert('18:44'), react, entry('18:53', 'restarts'))).toEqual([
      'The first reaction to the alert of 18:43, 9 minutes later',
    ]);
    expect(reasons(entry('18:42', 'rests'), alert('18:43'), entry('18:43', 'looks'))).toEqual([
      'The first reaction to the alert of 18:43, at once',
    ]);
  });

  it('are where nobody knows the time', () => {
    expect(reasons(entry(null, 'the queue was full'))).toEqual(['Nobody knows yet when this was']);
  });

  it('are no longer suggested once they are chosen', () => {
    const odd = entry('18:43', 'strange');
    expect(suggested(odd)).toHaveLength(1);
    chosen.add(odd.id);
    expect(suggested(odd)).toEqual([]);
    chosen.clear();
  });

  it('are few, and in the order of the record', () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      entry(`18:${String(i).padStart(2, '0')}`, i % 2 === 0 ? 'strange' : 'joined'),
    );
    const points = suggested(...many);
    expect(points).toHaveLength(8);
    const ids = points.map(({ entries }) => entries[0] ?? '');
    expect([...ids].sort()).toEqual(ids);
  });
});
