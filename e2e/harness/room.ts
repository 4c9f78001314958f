import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { isFocused } from './keyboard.ts';
import { until } from './until.ts';

export type Part =
  | 'Record'
  | 'Lanes'
  | 'Analysis'
  | 'Themes'
  | 'Actions'
  | 'Closing'
  | 'Summary'
  | 'History'
  | 'Publish';

/** The room of one post-mortem, as somebody uses it. */
export class RoomPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(page: Page, postmortem: string): Promise<RoomPage> {
    await page.goto(`/postmortems/${postmortem}`);
    const room = RoomPage.on(page);
    await room.saved();
    return room;
  }

  /** The room that this page shows already. */
  static on(page: Page): RoomPage {
    return new RoomPage(page);
  }

  get state(): Locator {
    return this.page
      .getByRole('status')
      .filter({ hasText: /Saved|Saving|Offline|not stored|not sent|Opening|Not connected/ });
  }

  /** The page says that everything is on disk. */
  saved(): Promise<void> {
    return this.state.filter({ hasText: /^\s*Saved\s*$/ }).waitFor();
  }

  offline(words: string | RegExp = 'Offline'): Promise<void> {
    return this.state.filter({ hasText: words }).waitFor();
  }

  /**
   * What was typed is in the browser's own storage: it takes writes in their order, so that they
   * are there when a later one is. A person is slower than this, a script that closes the tab is not.
   */
  kept(): Promise<void> {
    return this.page.evaluate(async () => {
      for (const { name = '' } of await indexedDB.databases()) {
        if (!name.startsWith('afterword:record:')) continue;
        await new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const last = opening.result.transaction('updates', 'readwrite');
            last.oncomplete = () => resolve();
            last.onabort = () => reject(last.error);
            opening.result.close();
          };
        });
      }
    });
  }

  async goTo(part: Part): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Parts of this post-mortem' })
      .getByRole('link', { name: part })
      .click();
  }

  get capture(): Locator {
    return this.page.getByLabel('New entry: a time, then what happened');
  }

  /** The rows themselves; links within them are list items too. */
  get rows(): Locator {
    return this.page.getByRole('list', { name: 'What happened, in order' }).locator('[data-row]');
  }

  /** The row with these words; by its name, since carets of others stand between the words. */
  row(text: string): Locator {
    return this.page
      .getByRole('list', { name: 'What happened, in order' })
      .getByRole('listitem', { name: text });
  }

  /** Types an entry as one does: a time, what happened, Enter. */
  async add(words: string): Promise<void> {
    await this.capture.fill(words);
    await this.capture.press('Enter');
  }

  get editor(): Locator {
    return this.page.getByRole('textbox', { name: 'What happened', exact: true });
  }

  /** Opens the editor of an entry, with the caret at the end of its words. */
  async edit(text: string): Promise<Locator> {
    await this.row(text).dblclick();
    await until('the editor has the focus', () => isFocused(this.editor));
    await moveCaret(this.editor, 'end');
    return this.editor;
  }

  /** The words of all entries in their order. */
  texts(): Promise<string[]> {
    return this.rows.evaluateAll((rows) =>
      rows.map((row) => (row.getAttribute('aria-label') ?? '').replace(/^.*?: /s, '')),
    );
  }

  async shows(...texts: readonly string[]): Promise<void> {
    await until(
      `there are rows “${texts.join('”, “')}”`,
      async () => {
        const shown = await this.texts();
        return texts.every((text) => shown.some((row) => row.includes(text)));
      },
      async () => `there are “${(await this.texts()).join('”, “')}”`,
    );
  }
}

/**
 * Moves the caret to one end of an editor's words, and stays until it is there: while the editor
 * takes notice of others' carets, one key press may go unheard.
 */
export async function moveCaret(editor: Locator, to: 'start' | 'end'): Promise<void> {
  await until(`the caret is at the ${to}`, async () => {
    await editor.press(to === 'start' ? 'Control+Home' : 'Control+End');
    return editor.evaluate(async (element, to) => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const selection = getSelection();
      if (!selection?.focusNode || !element.contains(selection.focusNode)) return false;
      const rest = document.createRange();
      rest.selectNodeContents(element);
      if (to === 'start') rest.setEnd(selection.focusNode, selection.focusOffset);
      else rest.setStart(selection.focusNode, selection.focusOffset);
      // Other people's carets stand there too, with their names.
      const words = rest.cloneContents();
      for (const caret of words.querySelectorAll('.ProseMirror-widget')) caret.remove();
      return words.textContent === '';
    }, to);
  });
}

/** Several people's pages come to show the same record, and all of it. */
export async function agree(rooms: readonly RoomPage[], rows: number): Promise<void> {
  const all = await until('all pages show the same', async () => {
    const shown = await Promise.all(rooms.map((room) => room.texts()));
    const [first] = shown;
    const same = shown.every((texts) => JSON.stringify(texts) === JSON.stringify(first));
    return same && first?.length === rows && shown;
  });
  assert.equal(all.length, rooms.length);
}
