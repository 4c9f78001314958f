import type { Readable } from 'svelte/store';
import * as Y from 'yjs';
import { LOCAL } from './edit.ts';
import { later } from './later.ts';
import { root } from './live.ts';
import { PARTS } from './types.ts';

export interface UndoState {
  readonly undo: boolean;
  readonly redo: boolean;
}

/** What one person did here, to be taken back step by step; never what others did. */
export interface Undo {
  readonly state: Readable<UndoState>;
  undo(): void;
  redo(): void;
  /** Whatever follows is a step of its own. */
  step(): void;
  /** Edits of this origin are this person's too; the editors have their own. */
  track(origin: unknown): void;
  destroy(): void;
}

export function undoOf(doc: Y.Doc): Undo {
  const scope = [...PARTS, 'prose' as const].map((name) => root(doc, name));
  const manager = new Y.UndoManager(scope, { trackedOrigins: new Set([LOCAL]) });
  const state = later<UndoState>({ undo: false, redo: false });
  const tell = () => state.set({ undo: manager.canUndo(), redo: manager.canRedo() });
  for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) {
    manager.on(event, tell);
  }
  return {
    state,
    undo: () => {
      manager.undo();
      tell();
    },
    redo: () => {
      manager.redo();
      tell();
    },
    step: () => manager.stopCapturing(),
    track: (origin) => manager.addTrackedOrigin(origin),
    destroy: () => manager.destroy(),
  };
}
