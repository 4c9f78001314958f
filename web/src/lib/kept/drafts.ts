/**
 * Words that somebody is writing and has not saved yet. They stand in local storage, which takes
 * them at once: they are there also when the page goes away in the next moment. Each person has
 * their own: when a session ends by itself they wait, unseen, for their writer to sign in again.
 */
import { PREFIX } from './database.ts';

const DRAFTS = `${PREFIX}draft:`;

/** Whether it is kept: some browsers forbid it. */
export function keepDraft(person: string, key: string, draft: unknown): boolean {
  try {
    localStorage.setItem(nameOf(person, key), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function keptDraft<T>(person: string, key: string): T | undefined {
  try {
    const kept = localStorage.getItem(nameOf(person, key));
    return kept === null ? undefined : (JSON.parse(kept) as T);
  } catch {
    return undefined;
  }
}

export function forgetDraft(person: string, key: string): void {
  try {
    localStorage.removeItem(nameOf(person, key));
  } catch {
    // Where storage is forbidden, nothing is kept.
  }
}

/** How many drafts there are on this device, whoever is writing them. */
export function countDrafts(): number {
  return names().length;
}

/** Removes all drafts of this device. */
export function forgetDrafts(): void {
  for (const name of names()) localStorage.removeItem(name);
}

function nameOf(person: string, key: string): string {
  return `${DRAFTS}${person}:${key}`;
}

function names(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(DRAFTS));
  } catch {
    return [];
  }
}
