import { mount, unmount, untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import Underlines from './Underlines.svelte';

interface Changing {
  /** Where the words stand, as the API has it. */
  readonly field?: () => string;
  /** Where the page itself may change the words: what they are. */
  readonly value?: () => string | undefined;
}

/**
 * Underlines wordings in a field for whoever writes there. What that takes is made when somebody
 * comes to the field: of a thousand rows nearly none needs it. `owner` is the text that it is, as
 * long as this tab is open.
 */
export function underlined(
  owner: string,
  { field, value }: Changing = {},
): Attachment<HTMLTextAreaElement | HTMLInputElement> {
  return (target) => {
    let drawn: object | undefined;
    function begin() {
      // A label's name is its words: what is shown beside the field is none of them.
      const beside = target.closest('label') ?? target;
      const parent = beside.parentElement;
      if (parent === null || drawn) return;
      const props = {
        target,
        owner,
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
