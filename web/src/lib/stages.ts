import type { Stage } from '#api/types.ts';

/** The path of a post-mortem, in its order, in the words that people read. */
export const STAGES: readonly { value: Stage; label: string; meaning: string }[] = [
  {
    value: 'respond',
    label: 'Responding',
    meaning: 'Production comes first; the record collects.',
  },
  { value: 'rest', label: 'Resting', meaning: 'A day to unwind before anyone looks back.' },
  { value: 'record', label: 'Recording', meaning: 'Writing down together what happened.' },
  {
    value: 'analyse',
    label: 'Analysing',
    meaning: 'Asking why and how, until a few things stand out.',
  },
  { value: 'act', label: 'Choosing actions', meaning: 'Small changes with a large effect.' },
  { value: 'publish', label: 'Publishing', meaning: 'Making it readable for everyone.' },
  { value: 'improve', label: 'Improving', meaning: 'Learning how to do the next one better.' },
  { value: 'follow_up', label: 'Following up', meaning: 'Until each action is done or declined.' },
];

export function stageLabel(stage: Stage): string {
  return STAGES.find(({ value }) => value === stage)?.label ?? stage;
}

/** Whether the call is still to be arranged at that stage. */
export function isArranged(stage: Stage): boolean {
  return stage === 'respond' || stage === 'rest' || stage === 'record';
}
