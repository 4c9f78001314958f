import { getContext, setContext } from 'svelte';
import { asProblem } from '#api/problem.ts';
import { answerOrKept } from '#lib/kept/answers.ts';
import { isLedBy, isOpen, liveMeeting, type Meeting, readMeeting } from '#lib/record/meeting.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';
import type { RoomPage } from '../room.svelte.ts';
import type { Section } from '../sections.ts';
import { type Command, calls, type Handbook, type MeetingView, type Step } from './calls.ts';

const KEY = Symbol('stage');
const SECOND = 1000;

/** Where the room works in each part of the meeting. */
export const PLACES: Readonly<Record<Step['part'], Section>> = {
  open: 'record',
  record: 'record',
  analysis: 'analysis',
  actions: 'actions',
  close: 'closing',
};

/** The meeting as this page shows it: live from the record, its handbook, the server's clock. */
export class Stage {
  meeting = $state.raw<Meeting>() as Meeting;
  handbook = $state.raw<Handbook>();
  /** The server's time, each second: the clocks of a room's pages differ. */
  now = $state(Date.now());
  /** A command is on its way. */
  busy = $state(false);
  readonly #page: RoomPage;
  #ahead = 0;
  #read = '';
  #heard: string | null | undefined;

  constructor(page: RoomPage) {
    this.#page = page;
    const map = page.room.doc.getMap('meeting');
    this.meeting = readMeeting(map);
    const live = liveMeeting(map);
    $effect(() => live.subscribe((meeting) => this.#follow(meeting)));
    $effect(() => {
      const ticking = setInterval(() => this.#tick(), SECOND);
      return () => clearInterval(ticking);
    });
  }

  get isOpen(): boolean {
    return isOpen(this.meeting);
  }

  /** Whether it was ever opened. */
  get wasOpened(): boolean {
    return this.meeting.openedAt !== null;
  }

  get mayLead(): boolean {
    const { id, role } = this.#page.me;
    return role !== 'member' || isLedBy(this.meeting, id);
  }

  /** Whether the reader leads, alone or with another. */
  get leads(): boolean {
    return isLedBy(this.meeting, this.#page.me.id);
  }

  get step(): Step | undefined {
    return this.handbook?.steps.find(({ id }) => id === this.meeting.step?.id);
  }

  get nextStep(): Step | undefined {
    const steps = this.handbook?.steps ?? [];
    const at = steps.findIndex(({ id }) => id === this.meeting.step?.id);
    return at < 0 ? undefined : steps[at + 1];
  }

  /** The part of the room that the meeting is in. */
  get place(): Section | undefined {
    if (!this.isOpen || this.step === undefined) return undefined;
    const { part, checks } = this.step;
    const choosing = checks.some(({ watch }) => watch === 'themes_chosen');
    return part === 'analysis' && choosing ? 'themes' : PLACES[part];
  }

  /** Asks something of the meeting. Says whether it was done; what was not is said on the page. */
  async ask(command: Command): Promise<boolean> {
    this.busy = true;
    try {
      this.#setTime(await calls.ask(this.#page.postmortem.id, command));
      return true;
    } catch (thrown) {
      toasts.problem(asProblem(thrown).message);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #follow(meeting: Meeting): void {
    // With each step anew: a page's clock may be set while a meeting goes on.
    const startedAt = meeting.step?.startedAt ?? null;
    if (startedAt !== this.#heard) void this.#hearTheTime();
    this.#heard = startedAt;
    this.meeting = meeting;
    const { handbook } = meeting;
    const wanted = handbook === null ? '' : `${handbook.id}/${handbook.version}`;
    if (handbook === null || wanted === this.#read) return;
    this.#read = wanted;
    void this.#readHandbook(handbook.id, handbook.version);
  }

  async #readHandbook(id: string, version: number): Promise<void> {
    try {
      const ask = (signal: AbortSignal) => calls.handbook(id, version, signal);
      this.handbook = (await answerOrKept(`handbook/${id}/${version}`, ask)).value.handbook;
    } catch {
      // The room goes on without its words; they are asked for anew with the next step.
      this.#read = '';
    }
  }

  #tick(): void {
    this.now = Date.now() + this.#ahead;
  }

  async #hearTheTime(): Promise<void> {
    try {
      this.#setTime(await calls.meeting(this.#page.postmortem.id));
    } catch {
      // Without the server this page's own clock has to do.
    }
  }

  #setTime({ now }: MeetingView): void {
    this.#ahead = Date.parse(now) - Date.now();
    this.#tick();
  }
}

export function provideStage(page: RoomPage): Stage {
  return setContext(KEY, new Stage(page));
}

export function useStage(): Stage {
  return getContext<Stage>(KEY);
}
