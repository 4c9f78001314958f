import { get } from 'svelte/store';
import { move, patch, remove, restore } from '#lib/record/edit.ts';
import type { Entry } from '#lib/record/types.ts';
import { clock } from '#lib/time.ts';
import { announcer } from '#lib/ui/announcer.svelte.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import type { RoomPage } from '../room.svelte.ts';
import { hashOf } from '../sections.ts';
import { addEntries, equalsOf } from './entries.ts';
import { remembered } from './remembered.ts';

/** What can be done to an entry, each as one step of undo. */
export function actionsOn({ room, me }: RoomPage) {
  const { doc, undo, record } = room;
  const step = (does: () => void) => {
    undo.step();
    does();
    undo.step();
  };
  return {
    remove(entry: Entry): void {
      step(() => remove(doc, 'timeline', entry.id));
      const back = () => step(() => restore(doc, 'timeline', entry.id));
      toasts.say('The entry is deleted.', { label: 'Bring it back', run: back });
    },

    restore(id: string): void {
      step(() => restore(doc, 'timeline', id));
    },

    /** Makes what was proposed an entry like any other. */
    take(entry: Entry): void {
      step(() => patch(doc, 'timeline', entry.id, { proposed: null }));
      announcer.say('It is part of the record.');
    },

    /** What was proposed and is not wanted here; it can be brought back as any entry can. */
    putAside(entry: Entry): void {
      step(() => remove(doc, 'timeline', entry.id));
      const back = () => step(() => restore(doc, 'timeline', entry.id));
      toasts.say('It is put aside.', { label: 'Bring it back', run: back });
    },

    withhold(entry: Entry): void {
      step(() => patch(doc, 'timeline', entry.id, { withheld: entry.withheld ? null : true }));
    },

    /** Somebody else's view of the same moment; answers with its id. */
    addView(entry: Entry): string {
      const all = get(record.entries);
      const head = (entry.beside && all.get(entry.beside)) || entry;
      const { at, until, precision } = head;
      const { kind, lane } = remembered();
      const view = {
        at,
        until,
        precision,
        kind,
        lane: lane ?? me.discipline,
        text: '',
        beside: head.id,
      };
      undo.step();
      const [id = head.id] = addEntries(doc, all, [view]);
      return id;
    },

    /** Moves an entry among those of its own time; the order says nothing else. */
    shift(entry: Entry, by: -1 | 1): void {
      const heads = get(record.timeline).map(({ head }) => head);
      const equals = equalsOf(entry, heads);
      const to = equals.findIndex(({ id }) => id === entry.id) + by;
      if (to < 0 || to >= equals.length) {
        announcer.say(alone(entry, equals.length));
        return;
      }
      const next = by < 0 ? equals[to] : equals[to + 1];
      step(() => move(doc, 'timeline', entry.id, equals, next?.id ?? null));
      announcer.say(`Moved to place ${to + 1} of ${equals.length} at this time.`);
    },

    async copyLink(entry: Entry): Promise<void> {
      const url = new URL(hashOf('record', entry.id), location.href).href;
      try {
        await navigator.clipboard.writeText(url);
        toasts.say('The link is copied.');
      } catch {
        toasts.problem(`Your browser does not let this page copy. The link is ${url}`);
      }
    },
  };
}

function alone({ at }: Entry, count: number): string {
  const when = at === null ? 'without a time' : `at ${clock(at)} UTC`;
  return count === 1
    ? `This is the only entry ${when}. To move it elsewhere, change its time.`
    : `It stands at the end of those ${when}. To move it further, change its time.`;
}
