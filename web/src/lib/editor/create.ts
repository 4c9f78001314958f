import { Editor, Extension } from '@tiptap/core';
import { Placeholder } from '@tiptap/extensions';
import { yCursorPlugin, ySyncPlugin, ySyncPluginKey } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { disciplineColour } from '#lib/disciplines.ts';
import type { Undo } from '#lib/record/undo.ts';
import { vocabulary } from './vocabulary.ts';
import type { WordingMarks } from './wording.ts';

export type { Editor } from '@tiptap/core';
export { fits } from './vocabulary.ts';
export { WordingMarks } from './wording.ts';

export interface EditorOptions {
  readonly element: HTMLElement;
  readonly fragment: Y.XmlFragment;
  readonly awareness: Awareness;
  readonly undo: Undo;
  readonly label: string;
  readonly placeholder: string;
  readonly focus: boolean;
  readonly wording: WordingMarks;
  /** Takes pictures that were pasted or dropped. */
  onpictures(files: File[]): void;
  /** Any change of content or selection. */
  onchange(): void;
  onleave(): void;
}

export function createEditor(options: EditorOptions): Editor {
  options.undo.track(ySyncPluginKey);
  return new Editor({
    element: options.element,
    extensions: [
      ...vocabulary,
      // Before the keys that leave the editor: Escape closes a question first.
      Extension.create({
        name: 'wording',
        priority: 1100,
        addProseMirrorPlugins: () => [options.wording.plugin()],
      }),
      shared(options),
      Placeholder.configure({ placeholder: options.placeholder }),
    ],
    autofocus: options.focus ? 'end' : false,
    injectCSS: false,
    editorProps: {
      attributes: {
        class: 'rich',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-keyshortcuts': 'Alt+W Shift+Alt+W',
        'aria-label': options.label,
      },
      handlePaste: (_, event) => takePictures(event.clipboardData, options),
      handleDrop: (_, event) => takePictures(event.dataTransfer, options),
    },
    onTransaction: options.onchange,
  });
}

/** The shared text, the others' carets in it, and the undo of the whole room. */
function shared({ fragment, awareness, undo, onleave }: EditorOptions): Extension {
  return Extension.create({
    name: 'shared',
    priority: 1000,
    addProseMirrorPlugins: () => [
      ySyncPlugin(fragment),
      yCursorPlugin(awareness, {
        cursorBuilder: caret,
        selectionBuilder: (user: unknown) => ({
          style: `background-color: color-mix(in oklab, ${colourOf(user)} 18%, transparent)`,
        }),
      }),
    ],
    addKeyboardShortcuts: () => ({
      'Mod-z': () => does(() => undo.undo()),
      'Mod-y': () => does(() => undo.redo()),
      'Shift-Mod-z': () => does(() => undo.redo()),
      Escape: () => does(onleave),
      'Mod-Enter': () => does(onleave),
    }),
  });
}

function does(what: () => void): true {
  what();
  return true;
}

function caret(user: { name?: unknown }): HTMLElement {
  const element = document.createElement('span');
  element.className = 'remote-caret';
  element.style.setProperty('--colour', colourOf(user));
  const name = document.createElement('span');
  name.textContent = String(user.name ?? '');
  element.append(name);
  return element;
}

function colourOf(user: unknown): string {
  const discipline = (user as { discipline?: unknown } | null)?.discipline;
  return disciplineColour(typeof discipline === 'string' ? discipline : 'other');
}

function takePictures(data: DataTransfer | null, { onpictures }: EditorOptions): boolean {
  const files = [...(data?.files ?? [])];
  if (files.length === 0) return false;
  onpictures(files);
  return true;
}
