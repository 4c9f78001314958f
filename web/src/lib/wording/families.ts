import type { Family } from './findings.ts';

interface Described {
  readonly name: string;
  /** What such words do to a conversation. */
  readonly does: string;
}

export const FAMILIES: Readonly<Record<Family, Described>> = {
  counterfactual: {
    name: 'A world that did not happen',
    does: 'Tells what was not done. What people saw and did in this world stays untold.',
  },
  blame: {
    name: 'Somebody as the reason',
    does: 'Ends the search at a person, just where the conditions would begin.',
  },
  mechanistic: {
    name: 'People as parts',
    does: 'Takes a person for a part that was not good enough.',
  },
  normative: {
    name: 'Measured afterwards',
    does: 'Judges by a norm that is left unsaid, and that was perhaps not there at the time.',
  },
  hindsight: {
    name: 'Known afterwards',
    does: 'Looks back from the end. Nobody stood there.',
  },
  premature_fix: {
    name: 'Trying harder',
    does: 'Asks people to try harder, in place of a change to what they work with.',
  },
  bare_task: {
    name: 'A task without an end',
    does: 'Names no change that could be seen. Such tasks are the ones that nobody does.',
  },
  single_cause: {
    name: 'One cause',
    does: 'Stops at one thing, where several had to come together.',
  },
};
