import { expect, it } from 'vitest';
import { pretty } from './pretty.ts';

it('lays out JSON', () => {
  expect(pretty('{"a":[1,"b"]}')).toBe('{\n  "a": [\n    1,\n    "b"\n  ]\n}');
});

it.each(['payload=%7B%7D', '{"a":1}\n{"a":2}', '', 'not {json'])('leaves the rest: %s', (body) => {
  expect(pretty(body)).toBe(body);
});
