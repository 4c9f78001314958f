import * as Y from 'yjs';

/** A map of the record; what its keys hold may come from any client, so every read is checked. */
export type Values = Y.Map<unknown>;

export function string(map: Values, key: string): string | null {
  const value = map.get(key);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function number(map: Values, key: string): number {
  const value = map.get(key);
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

export function flag(map: Values, key: string): boolean {
  return map.get(key) === true;
}

export function words(map: Values, key: string): string {
  const value = map.get(key);
  return value instanceof Y.Text ? value.toString() : '';
}

export function list<T>(map: Values, key: string, is: (value: unknown) => value is T): T[] {
  const value = map.get(key);
  return value instanceof Y.Array ? value.toArray().filter(is) : [];
}

/** The keys of an inner map that hold `true`, in their order. */
export function set(map: Values, key: string): string[] {
  const value = map.get(key);
  if (!(value instanceof Y.Map)) return [];
  return [...value.keys()].filter((id) => value.get(id) === true).sort();
}

export function oneOf<T extends string>(map: Values, key: string, of: readonly T[]): T | null {
  const value = map.get(key);
  return of.find((known) => known === value) ?? null;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** An RFC 3339 instant in UTC, or null. */
export function instant(map: Values, key: string): string | null {
  const value = string(map, key);
  return value !== null && INSTANT.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

export function day(map: Values, key: string): string | null {
  const value = string(map, key);
  return value !== null && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : null;
}
