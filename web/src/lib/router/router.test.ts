import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { destination } from './router.svelte.ts';

let followed: URL | undefined;
const watch = (event: MouseEvent) => {
  followed = destination(event);
  event.preventDefault();
};

beforeEach(() => {
  followed = undefined;
  document.addEventListener('click', watch);
});

afterEach(() => {
  document.removeEventListener('click', watch);
  document.body.replaceChildren();
});

function click(html: string, event: MouseEventInit = {}): string | undefined {
  document.body.innerHTML = html;
  const inside = document.querySelector('b') ?? document.querySelector('a');
  inside?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...event }));
  return followed?.pathname;
}

describe('a click on a link', () => {
  it('is followed inside the app, also from inside the link', () => {
    expect(click('<a href="/library">x</a>')).toBe('/library');
    expect(click('<a href="/people"><b>x</b></a>')).toBe('/people');
  });

  it.each([
    '<a href="https://elsewhere.example/library">x</a>',
    '<a href="/library" target="_blank">x</a>',
    '<a href="/library" download>x</a>',
    '<a href="/api/v1/openapi.json">x</a>',
    '<a href="/docs/api">x</a>',
    '<a href="mailto:a@example.org">x</a>',
    '<a href="#part">x</a>',
    '<svg><a href="#part"><b>x</b></a></svg>',
    '<a>x</a>',
    '<b>x</b>',
  ])('is left to the browser: %s', (html) => {
    expect(click(html)).toBeUndefined();
  });

  it('is left to the browser with a modifier or another button', () => {
    expect(click('<a href="/library">x</a>', { ctrlKey: true })).toBeUndefined();
    expect(click('<a href="/library">x</a>', { button: 1 })).toBeUndefined();
  });
});
