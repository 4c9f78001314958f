import { MediaQuery } from 'svelte/reactivity';

const KEY = 'afterword:analysis-side';

export type SideTab = 'turning-points' | 'prompts' | 'clusters';

/** What stands beside the analysis: a part of the page where that is wide, else a drawer over it. */
export class Side {
  tab = $state<SideTab>('turning-points');
  /** The keyboard goes there as soon as it is shown. */
  wanted = $state(false);
  /** A cluster that was just made and wants a name. */
  named = $state<string>();
  #beside = $state(remembered() !== 'closed');
  /** A drawer is opened for a moment. */
  #drawer = $state(false);
  readonly #wide = new MediaQuery('width >= 75rem');

  get open(): boolean {
    return this.wide ? this.#beside : this.#drawer;
  }

  get wide(): boolean {
    return this.#wide.current;
  }

  show(tab: SideTab): void {
    this.tab = tab;
    // A cluster that wants a name takes the keyboard itself.
    this.wanted = this.named === undefined;
    this.#turn(true);
  }

  /** Back to the rows. */
  close(): void {
    this.#turn(false);
  }

  /** A drawer has to give the rows free. */
  leave(): void {
    if (!this.wide) this.#turn(false);
  }

  #turn(open: boolean): void {
    if (this.wide) {
      this.#beside = open;
      remember(open ? 'open' : 'closed');
    } else this.#drawer = open;
  }
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
