import type { Undo } from '#lib/record/undo.ts';

/** Ctrl+Z and its kin, everywhere in the room but in fields that are not part of the record. */
export function undoKeys(undo: Undo): (event: KeyboardEvent) => void {
  return (event) => {
    const key = event.key.toLowerCase();
    const redo = (key === 'z' && event.shiftKey) || key === 'y';
    const wanted = (event.ctrlKey || event.metaKey) && !event.altKey && (key === 'z' || redo);
    if (!wanted || event.defaultPrevented || hasOwnUndo(event.target)) return;
    event.preventDefault();
    if (redo) undo.redo();
    else undo.undo();
  };
}

/** A field that is typed in and then sent has the browser's own undo; shared words have ours. */
function hasOwnUndo(target: EventTarget | null): boolean {
  return isField(target) && !target.hasAttribute('data-shared');
}

/** Whether a single letter typed there is text and not a shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  return isField(target) || (target instanceof HTMLElement && target.isContentEditable);
}

function isField(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}
