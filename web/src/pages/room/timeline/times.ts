import { asProblem } from '#api/problem.ts';
import type { Reading } from '#api/types.ts';
import { calls } from '../calls.ts';

export interface TimeReader {
  /** How the server reads the time at the start of a text; null while it cannot be reached. */
  read(text: string, near: string | null): Promise<Reading | null>;
}

const MOST = 500;

/** Asks the server, and the same thing only once. */
export function timeReader(postmortem: string, zone: () => string): TimeReader {
  const known = new Map<string, Promise<Reading | null>>();
  const ask = async (text: string, near: string | null): Promise<Reading | null> => {
    const where = { postmortem, zone: zone(), ...(near === null ? {} : { near }) };
    try {
      return await calls.readTime({ text, ...where });
    } catch (thrown) {
      if (asProblem(thrown).status === 0) return null;
      throw thrown;
    }
  };
  return {
    read(text, near) {
      const key = `${near ?? ''} ${zone()} ${text}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const asked = ask(text, near);
      known.set(key, asked);
      if (known.size > MOST) known.delete([...known.keys()][0] ?? '');
      // What was not answered is asked again.
      asked.then(
        (reading) => reading === null && known.delete(key),
        () => known.delete(key),
      );
      return asked;
    },
  };
}

/** Anything that looks like a time at the start of a row: good enough to set it apart unread. */
const TIMELIKE =
  /^[\s\-*•<[(]*((?:~|≈|[Aa]bout\s|ca?\.?\s)?\s*(?:\d{4}-\d\d-\d\d[T\s]+|[Yy]esterday\s+|[Tt]oday\s+)?\d{1,2}(?:[:.h]\d{2}){1,2}(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s*[-–]\s*\d{1,2}[:.]\d{2})?(?:\s?(?:Z|[A-Z]{2,5}(?:[+-]\d{1,2})?)\b)?)[>\])]*\s*[:,;–-]?\s+(.+)$/s;

/** Splits a row without reading its time: for when nobody can be asked. */
export function splitUnread(row: string): { typed: string | null; text: string } {
  const [, typed, text] = TIMELIKE.exec(row) ?? [];
  return typed === undefined || text === undefined
    ? { typed: null, text: row.trim() }
    : { typed: typed.trim(), text: text.trim() };
}
