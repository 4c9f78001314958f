import { mount, unmount, untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import Underlines from './Underlines.svelte';

/** Each is asked for when it is needed: an attachment is made anew when what its maker read changes. */
interface Words {
  /** The text that it is, as long as this tab is open. */
  readonly owner: () => string;
  /** Where the words stand, as the API has it. */
  readonly field?: () => string;
  /** Where the page itself may change the words: what they are. */
  readonly value?: () => string | undefined;
}

/**
 * Underlines wordings in a field for whoever writes there. What that takes is made when somebody
 * comes to the field: of a thousand rows nearly none needs it.
 */
export function underlined({
  owner,
  field,
  value,
}: Words): Attachment<HTMLTextAreaElement | HTMLInputElement> {
  return (target) => {
    let drawn: object | undefined;
    function begin() {
      // A label's name is its words: what is shown beside the field is none of them.
      const beside = target.closest('label') ?? target;
      const parent = beside.parentElement;
      if (parent === null || drawn) return;
      const props = {
        target,
        get owner() {
          return owner();
        },
        get field() {
          return field?.() ?? 'text';
        },
        get value() {
          return value?.();
        },
      };
      const anchor = beside.nextSibling;
      drawn = mount(Underlines, { target: parent, ...(anchor && { anchor }), props });
    }
    target.addEventListener('focus', begin);
    if (document.activeElement === target) untrack(begin);
    return () => {
      target.removeEventListener('focus', begin);
      if (drawn) void unmount(drawn);
    };
  };
}
