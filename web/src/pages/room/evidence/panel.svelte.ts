import { tick } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';
import { router } from '#lib/router/router.svelte.ts';
import { hashOf } from '../sections.ts';

const KEY = 'afterword:evidence';

export type EvidenceTab = 'proposals' | 'look-back';

/** The evidence beside the record: a part of the page where that is wide, else a drawer over it. */
export class EvidencePanel {
  open = $state(false);
  tab = $state<EvidenceTab>('proposals');
  /** The keyboard goes there as soon as it is shown. */
  wanted = $state(false);
  readonly #wide = new MediaQuery('width >= 75rem');

  constructor() {
    this.open = this.wide && remembered() !== 'closed';
  }

  get wide(): boolean {
    return this.#wide.current;
  }

  show(tab: EvidenceTab): void {
    this.tab = tab;
    this.wanted = true;
    this.#turn(true);
  }

  close(): void {
    this.#turn(false);
    void tick().then(focusTimeline);
  }

  /** Back to the timeline; a drawer has to give it free. */
  leave(): void {
    if (this.wide) focusTimeline();
    else this.close();
  }

  /** To an entry of the record. */
  lead(entry: string): void {
    if (!this.wide) this.open = false;
    router.go(hashOf('record', entry));
  }

  #turn(open: boolean): void {
    this.open = open;
    // A drawer is opened for a moment; what stands beside the record stays there.
    if (this.wide) remember(open ? 'open' : 'closed');
  }
}

function focusTimeline(): void {
  const row = document.querySelector<HTMLElement>('[data-row][tabindex="0"]');
  const capture = document.querySelector<HTMLElement>('[data-capture]');
  (row ?? capture)?.focus();
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(state: 'open' | 'closed'): void {
  try {
    localStorage.setItem(KEY, state);
  } catch {
    // Without storage it stays so until the page is closed.
  }
}
