import type { OutlineRow } from '#lib/record/tree.ts';
import { ROW_KINDS } from './labels.ts';
import { indent, outdent, setKind, siblingsOf } from './outline.ts';
import type { Outliner } from './outliner.svelte.ts';

type KeyInRow = KeyboardEvent & { currentTarget: HTMLTextAreaElement };

export interface RowCommands {
  /** Asks the "how" that stands beside a "why". */
  readonly takeHow: (() => void) | undefined;
  readonly cluster: () => void;
}

/** What a key does in a row; nothing where it is the browser's. */
export function rowKey(
  outliner: Outliner,
  event: KeyInRow,
  row: OutlineRow,
  commands: RowCommands,
): (() => void) | undefined {
  if (event.isComposing) return undefined;
  const { altKey, ctrlKey, metaKey } = event;
  if (ctrlKey || metaKey) {
    return event.key === '.' && !altKey ? () => outliner.fold(row.node.id) : undefined;
  }
  return altKey ? altKeys(outliner, event, row, commands) : plainKeys(outliner, event, row);
}

function plainKeys(
  outliner: Outliner,
  { key, shiftKey, currentTarget: field }: KeyInRow,
  row: OutlineRow,
): (() => void) | undefined {
  const { shown, actions } = outliner;
  const index = shown.findIndex(({ node }) => node.id === row.node.id);
  const before = shown[index - 1]?.node.id;
  switch (key) {
    case 'Enter':
      return shiftKey ? undefined : () => outliner.addBehind(row);
    case 'Tab':
      return tabbed(outliner, row, shiftKey);
    case 'Escape':
      // From the row itself, Tab goes on through the page.
      return () => field.closest<HTMLElement>('[data-node]')?.focus();
    case 'Backspace':
      return field.value === '' && row.node.kind !== 'moment'
        ? () => {
            actions.step(() => actions.remove(row.node, 'The empty row is deleted.'));
            void outliner.focusOn(before, 'end');
          }
        : undefined;
    case 'ArrowUp':
      return field.selectionStart === 0 ? () => void outliner.focusOn(before, 'end') : undefined;
    case 'ArrowDown':
      return field.selectionEnd === field.value.length
        ? () => void outliner.focusOn(shown[index + 1]?.node.id)
        : undefined;
    default:
      return undefined;
  }
}

function tabbed(outliner: Outliner, row: OutlineRow, back: boolean): (() => void) | undefined {
  const { rows, actions, page } = outliner;
  const siblings = siblingsOf(rows, row.parent);
  const possible = back ? row.parent !== null : siblings[0]?.id !== row.node.id;
  // A turning point stands for itself.
  if (!possible || (row.node.kind === 'moment' && !back)) return undefined;
  return () => {
    actions.step(() => (back ? outdent : indent)(page.room, rows, row));
    void outliner.focusOn(row.node.id);
  };
}

/** The code counts, as Alt changes the letter on a Mac. */
function altKeys(
  outliner: Outliner,
  { key, code }: KeyInRow,
  row: OutlineRow,
  { takeHow, cluster }: RowCommands,
): (() => void) | undefined {
  const { rows, actions, page } = outliner;
  const { id } = row.node;
  const kind = ROW_KINDS[['Digit1', 'Digit2', 'Digit3'].indexOf(code)];
  if (kind !== undefined) {
    return row.node.kind === 'moment'
      ? undefined
      : () => actions.step(() => setKind(page.room, id, kind));
  }
  if (code === 'KeyX') return () => outliner.mark(id);
  if (code === 'KeyC') return cluster;
  if (code === 'KeyH') return takeHow;
  if (key === 'ArrowRight') return tabbed(outliner, row, false);
  if (key === 'ArrowLeft') return tabbed(outliner, row, true);
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined;
  return () => {
    actions.shift(row.node, siblingsOf(rows, row.parent), key === 'ArrowUp' ? -1 : 1);
    void outliner.focusOn(id);
  };
}
