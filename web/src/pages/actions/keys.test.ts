import { afterEach, describe, expect, it } from 'vitest';
import { commandOf, focused, step } from './keys.ts';

afterEach(() => document.body.replaceChildren());

function pressed(on: Element, key: string, more: KeyboardEventInit = {}) {
  let command: ReturnType<typeof commandOf>;
  const hear = (event: KeyboardEvent) => {
    command = commandOf(event);
  };
  document.addEventListener('keydown', hear, { once: true });
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  return command;
}

const ROWS = `
  <ul>
    <li data-action="a"><a class="title" href="/a">a</a><button>more</button></li>
    <li data-action="b"><a class="title" href="/b">b</a></li>
  </ul>
  <input>
  <div role="menu"><button>Done</button></div>`;

const at = (selector: string) => document.querySelector<HTMLElement>(selector) as HTMLElement;

describe('a key', () => {
  it('moves along, changes the state, searches', () => {
    document.body.innerHTML = ROWS;
    expect(pressed(document.body, 'j')).toEqual({ do: 'step', by: 1 });
    expect(pressed(at('[data-action=a] a'), 'ArrowUp')).toEqual({ do: 'step', by: -1 });
    expect(pressed(at('[data-action=a] a'), 's')).toEqual({ do: 'state' });
    expect(pressed(document.body, '/')).toEqual({ do: 'search' });
    expect(pressed(at('[data-action=a] a'), 'ArrowRight', { shiftKey: true })).toEqual({
      do: 'move',
      by: 1,
    });
  });

  it('is text in a field, and the browser’s everywhere else', () => {
    document.body.innerHTML = ROWS;
    expect(pressed(at('input'), 'j')).toBeUndefined();
    expect(pressed(at('[role=menu] button'), 's')).toBeUndefined();
    expect(pressed(document.body, 'ArrowDown')).toBeUndefined();
    expect(pressed(document.body, 's', { ctrlKey: true })).toBeUndefined();
    expect(pressed(document.body, 'constructor')).toBeUndefined();
  });
});

it('walks the actions and stays at the ends', () => {
  document.body.innerHTML = ROWS;
  step(1);
  expect(focused()?.dataset['action']).toBe('a');
  at('[data-action=a] button').focus();
  step(1);
  expect(focused()?.dataset['action']).toBe('b');
  step(1);
  expect(focused()?.dataset['action']).toBe('b');
  step(-1);
  step(-1);
  expect(focused()?.dataset['action']).toBe('a');
});
