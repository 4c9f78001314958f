import type { Family } from './edits.ts';

/** The families as they are shown: what is met most often first. */
export const FAMILY_ORDER: readonly Family[] = [
  'counterfactual',
  'blame',
  'normative',
  'hindsight',
  'single_cause',
  'mechanistic',
  'premature_fix',
];
