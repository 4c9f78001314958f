import type { ChasedAction } from '#api/types.ts';

/** The actions of one post-mortem that somebody may ask about. */
export interface ChaseGroup {
  readonly id: string;
  readonly title: string;
  readonly startedAt: string;
  readonly actions: readonly ChasedAction[];
}

/** The list by post-mortem, in its order. */
export function groupsOf(items: readonly ChasedAction[]): ChaseGroup[] {
  const groups = new Map<string, ChaseGroup & { actions: ChasedAction[] }>();
  for (const item of items) {
    const known = groups.get(item.postmortem);
    if (known) known.actions.push(item);
    else {
      const { postmortem: id, postmortem_title: title, started_at: startedAt } = item;
      groups.set(id, { id, title, startedAt, actions: [item] });
    }
  }
  return [...groups.values()];
}

/** The reasons as one sentence. */
export function whyOf({ reasons }: Pick<ChasedAction, 'reasons'>): string {
  const words = reasons.map((reason) => reason.words).join('; ');
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
