import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Node } from './api.ts';
import { isFocused } from './keyboard.ts';
import { until } from './until.ts';

/** The rows of the analysis, as somebody works on them. */
export class Outline {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Questions, answers and findings' });
  }

  /** The words of the rows in their order, with a dash for each level; turning points by their kind. */
  shape(): Promise<string[]> {
    return this.list.locator('[data-node]').evaluateAll((rows) =>
      rows.map((row) => {
        const depth = Number((row as HTMLElement).style.getPropertyValue('--depth'));
        const words = row.querySelector('textarea')?.value ?? '';
        return '-'.repeat(depth) + (row.classList.contains('moment') ? `*${words}` : words);
      }),
    );
  }

  async shows(...wanted: readonly string[]): Promise<void> {
    await until(
      `the outline is ${wanted.join(' ')}`,
      async () => (await this.shape()).join('\n') === wanted.join('\n'),
      async () => `it is ${(await this.shape()).join(' ')}`,
    );
  }

  /** The row with just these words. */
  async row(words: string): Promise<Locator> {
    const id = await until(`there is a row “${words}”`, () =>
      this.list
        .locator('[data-node]')
        .evaluateAll(
          (rows, words) =>
            rows
              .find((row) => row.querySelector('textarea')?.value === words)
              ?.getAttribute('data-node') ?? undefined,
          words,
        ),
    );
    return this.list.locator(`[data-node="${id}"]`);
  }

  async field(words: string): Promise<Locator> {
    return (await this.row(words)).getByRole('textbox', { name: /level/ });
  }

  async focus(words: string): Promise<Locator> {
    const field = await this.field(words);
    await field.focus();
    return field;
  }

  /** Types where the caret is, once it is in an empty row. */
  async type(words: string): Promise<void> {
    const field = this.page.locator('[data-node] textarea:focus');
    await until('the caret is in an empty row', async () => {
      return (await field.count()) === 1 && (await field.inputValue()) === '';
    });
    await this.page.keyboard.type(words);
  }

  async menu(words: string, item: string | RegExp): Promise<void> {
    const row = await this.row(words);
    await row.hover();
    await row.getByRole('button', { name: /^More about this/ }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async hasFocus(words: string): Promise<void> {
    const field = await this.field(words);
    await until(`the caret is in “${words}”`, () => isFocused(field));
  }

  /** Drags the row by its handle to a place beside another one, `right` levels from the edge. */
  async drag(words: string, onto: Locator, edge: 'upper' | 'lower', right: number): Promise<void> {
    const row = await this.row(words);
    await row.hover();
    const from = await box(row.locator('.grip'));
    const to = await box(onto);
    const list = await box(this.list);
    const y = edge === 'upper' ? to.y + 3 : to.y + to.height - 3;
    await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + 20, from.y + 20, { steps: 3 });
    await this.page.mouse.move(list.x + (right + 1.5) * 28, y, { steps: 8 });
    await this.page.locator('.frame > .line').waitFor();
    await this.page.mouse.up();
  }
}

async function box(of: Locator) {
  const box = await of.boundingBox();
  assert.ok(box, `${of} is on the screen`);
  return box;
}

/** The tree as the server reads it: each node once, and the words as the outline shows them. */
export function shapeOf(analysis: readonly Node[]): string[] {
  const depth = new Map<string, number>();
  return analysis.map(({ id, parent, text, kind }) => {
    assert.ok(!depth.has(id), `${text} is there once`);
    const level = parent === null ? 0 : (depth.get(parent) ?? Number.NaN) + 1;
    assert.ok(!Number.isNaN(level), `${text} stands behind its parent`);
    depth.set(id, level);
    return '-'.repeat(level) + (kind === 'moment' ? `*${text}` : text);
  });
}
