import { describe, expect, it } from 'vitest';
import { asProblem, problemFrom, unreachable } from './problem.ts';

const refused = (status: number, body: string) => problemFrom(new Response(body, { status }));

describe('problemFrom', () => {
  it('reads all that a problem says', async () => {
    const problem = await refused(
      412,
      JSON.stringify({
        type: '/problems/stale',
        title: 'Stale',
        status: 412,
        detail: 'Somebody else changed this.',
        field: 'title',
        question: { text: 'Which one?', choices: [] },
        current: { title: 'x' },
      }),
    );
    expect(problem).toMatchObject({
      kind: 'stale',
      status: 412,
      message: 'Somebody else changed this.',
      field: 'title',
      question: 'Which one?',
      current: { title: 'x' },
    });
  });

  it('falls back to the title', async () => {
    expect((await refused(409, '{"title":"Closed"}')).message).toBe('Closed.');
  });

  it.each([
    ['the password is not right', 'The password is not right.'],
    ['Which of both?', 'Which of both?'],
    ['started_at is missing', 'started_at is missing.'],
  ])('is a sentence: %s', async (detail, message) => {
    expect((await refused(422, JSON.stringify({ detail }))).message).toBe(message);
  });

  it.each(['<html>502</html>', '', '[]', '"x"', 'null', '{"detail":7}'])(
    'explains by the status what is no problem: %s',
    async (body) => {
      const problem = await refused(502, body);
      expect(problem.message).toContain('502');
      expect(problem.kind).toBe('unknown');
    },
  );
});

describe('asProblem', () => {
  it('keeps a problem', () => {
    const problem = unreachable();
    expect(asProblem(problem)).toBe(problem);
    expect(problem.isOffline).toBe(true);
  });

  it('never shows the words of a program', () => {
    expect(asProblem(new TypeError('x is not a function')).message).not.toContain('function');
  });
});
