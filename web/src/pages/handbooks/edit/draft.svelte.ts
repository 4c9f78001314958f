import { asProblem, type Problem } from '#api/problem.ts';
import type {
  Handbook,
  HandbookChange,
  HandbookCheck,
  HandbookStep,
  HandbookVersion,
} from '#api/types.ts';
import { forgetDraft, keepDraft, keptDraft } from '#lib/kept/drafts.ts';
import { calls } from '../calls.ts';
import { draftKey } from '../draft-key.ts';
import { brought } from './merge.ts';

/** With lists that may be empty where the API may leave them out. */
export type Edited = Handbook & { before: string[]; after: string[] };

/** What is kept in the browser until it is saved. */
interface Kept {
  /** The version that was changed. */
  base: number;
  handbook: Edited;
  at: string;
  /** The proposal that was taken over, if it is one. */
  proposal?: Proposed;
}

/** A proposal that saving accepts. */
export interface Proposed {
  readonly id: string;
  /** What the version would say of where it came from. */
  readonly reason: string;
}

/** A newer version that somebody else saved meanwhile, and what changed in it. */
export interface Newer {
  version: HandbookVersion;
  changes: readonly HandbookChange[];
}

/** A handbook while somebody changes it. Nothing typed is lost: it is kept until it is saved. */
export class Draft {
  readonly id: string;
  readonly #person: string;
  /** The version that is being changed; saving makes the next one. */
  base = $state(0);
  handbook = $state<Edited>() as Edited;
  /** Kept from an earlier visit, since then. */
  since = $state<string>();
  newer = $state.raw<Newer>();
  /** The proposal that saving this accepts. */
  proposal = $state.raw<Proposed>();
  /** Where somebody else's words and these were brought together and both had changed the same. */
  both = $state.raw<readonly string[]>([]);
  /** The browser does not let anything be kept. */
  forbidden = $state(false);
  #read = $state.raw<HandbookVersion>() as HandbookVersion;
  #words = $derived(JSON.stringify(this.handbook));
  #readWords = $derived(JSON.stringify(edited(this.#read.handbook)));
  changed = $derived(this.#words !== this.#readWords);

  private constructor(person: string, read: HandbookVersion) {
    this.id = read.id;
    this.#person = person;
    this.#begin(read);
  }

  /** The newest version of a handbook, or what this person has made of one and not saved. */
  static async open(person: string, id: string): Promise<Draft> {
    const draft = new Draft(person, await calls.read(id));
    const kept = keptDraft<Kept>(person, draftKey(id));
    if (kept) await draft.#resume(kept);
    return draft;
  }

  /** Takes a proposal over, beside whatever was changed here already. */
  async take(proposal: string) {
    if (this.proposal?.id === proposal) return;
    const suggested = await calls.draftOf(proposal);
    this.bringTogether();
    const mine = $state.snapshot(this.handbook) as Edited;
    const base = edited(this.#read.handbook);
    this.handbook = structuredClone(brought(base, mine, edited(suggested.handbook)).handbook);
    this.proposal = { id: proposal, reason: suggested.reason };
    this.keep();
  }

  /** Keeps the words and leaves the proposal to be decided another time. */
  release() {
    this.proposal = undefined;
    this.keep();
  }

  get name(): string {
    return this.#read.handbook.name;
  }

  get mayEdit(): boolean {
    return this.#read.may.edit && !this.#read.retired_at;
  }

  #begin(read: HandbookVersion) {
    this.#read = read;
    this.base = read.version;
    this.handbook = edited(structuredClone(read.handbook));
    this.since = undefined;
    this.newer = undefined;
    this.proposal = undefined;
    this.both = [];
  }

  async #resume(kept: Kept) {
    this.handbook = kept.handbook;
    this.proposal = kept.proposal;
    this.since = kept.at;
    if (kept.base === this.#read.version) return;
    const newest = this.#read;
    this.base = kept.base;
    this.#read = await calls.read(this.id, kept.base);
    await this.#meet(newest);
  }

  /** Somebody else's version is newer than the one that is being changed. */
  async #meet(version: HandbookVersion) {
    const { changes } = await calls.changes(this.id, version.version, this.base);
    this.newer = { version, changes };
  }

  /** Keeps the words in this browser as they are now. */
  keep() {
    if (!this.changed) {
      forgetDraft(this.#person, draftKey(this.id));
      return;
    }
    const kept: Kept = {
      base: this.base,
      handbook: $state.snapshot(this.handbook) as Edited,
      at: new Date().toISOString(),
      ...(this.proposal && { proposal: this.proposal }),
    };
    this.forbidden = !keepDraft(this.#person, draftKey(this.id), kept);
  }

  /** Makes a version of it. Where somebody was quicker, theirs is shown and nothing is saved. */
  async save(reason: string): Promise<HandbookVersion> {
    try {
      const words = $state.snapshot(this.handbook) as Edited;
      const saved = this.proposal
        ? await calls.accept(this.proposal.id, this.base, words, reason)
        : await calls.save(this.id, this.base, words, reason);
      this.#begin(saved);
      forgetDraft(this.#person, draftKey(this.id));
      return saved;
    } catch (thrown) {
      const problem = asProblem(thrown);
      if (problem.kind === 'stale' && problem.current) {
        await this.#meet(problem.current as HandbookVersion);
      }
      throw problem;
    }
  }

  /** Goes on from the newer version with the words as they stand here. */
  goOn() {
    if (!this.newer) return;
    this.#read = this.newer.version;
    this.base = this.newer.version.version;
    this.newer = undefined;
    this.keep();
  }

  /** The same, with what the newer version changed taken over. */
  bringTogether() {
    if (!this.newer) return;
    const mine = $state.snapshot(this.handbook) as Edited;
    const theirs = edited(this.newer.version.handbook);
    const { handbook, both } = brought(edited(this.#read.handbook), mine, theirs);
    this.handbook = structuredClone(handbook);
    this.both = both;
    this.goOn();
  }

  /** Begins anew with the newest version. Answers how to have the words back. */
  discard(): () => void {
    const { base, since, newer, proposal } = this;
    const read = this.#read;
    const words = $state.snapshot(this.handbook) as Edited;
    this.#begin(newer?.version ?? read);
    this.keep();
    return () => {
      this.#read = read;
      this.base = base;
      this.handbook = words;
      this.since = since;
      this.newer = newer;
      this.proposal = proposal;
    };
  }
}

function edited(handbook: Handbook): Edited {
  return { ...handbook, before: handbook.before ?? [], after: handbook.after ?? [] };
}

/** A name for a new part that no other of its kind has. */
export function newId(kind: string, taken: readonly { id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  for (let number = taken.length + 1; ; number += 1) {
    const id = `${kind}-${number}`;
    if (!ids.has(id)) return id;
  }
}

/** A step to be filled, in the part of the meeting where it is put in. */
export function newStep(handbook: Handbook, behind: number): HandbookStep {
  return {
    id: newId('step', handbook.steps),
    part: handbook.steps[behind]?.part ?? 'open',
    title: '',
    purpose: '',
    minutes: 5,
    say: [],
    prompts: [],
    checks: [],
    signs: [],
  };
}

export function newCheck(checks: readonly HandbookCheck[]): HandbookCheck {
  return { id: newId('check', checks), text: '' };
}

/** Whether a save was refused because somebody was quicker. */
export function isStale(problem: Problem | undefined): boolean {
  return problem?.kind === 'stale';
}

/** Moves one item of a list; an impossible move changes nothing. */
export function moved<T>(list: T[], from: number, to: number): boolean {
  if (from === to || to < 0 || to >= list.length) return false;
  const [item] = list.splice(from, 1);
  if (item === undefined) return false;
  list.splice(to, 0, item);
  return true;
}
