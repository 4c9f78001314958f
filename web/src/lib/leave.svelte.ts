import { api } from '#api/client.ts';
import { asProblem } from '#api/problem.ts';
import { countDrafts, forgetDrafts } from '#lib/kept/drafts.ts';
import { forgetKept, unsavedEdits } from '#lib/kept/records.ts';
import { router } from '#lib/router/router.svelte.ts';
import { session } from '#lib/session.svelte.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';

/** Signing out, which leaves nothing of the organisation's on this device. */
class Leaving {
  /** How many edits would be lost by it; the person is being asked while this is set. */
  unsaved = $state<number>();

  /** Signs out, unless that would lose somebody's words: then it asks first. */
  async ask() {
    // Where local storage is forbidden, nothing is kept.
    const unsaved = countDrafts() + (await unsavedEdits().catch(() => 0));
    if (unsaved > 0) this.unsaved = unsaved;
    else await this.leave();
  }

  stay() {
    this.unsaved = undefined;
  }

  async leave() {
    this.unsaved = undefined;
    try {
      await api.DELETE('/session');
      // Without a way back: whoever signs in next is perhaps somebody else.
      router.go('/sign-in', 'replace');
      session.end();
      forgetDrafts();
      await forgetKept();
    } catch (thrown) {
      toasts.problem(`You could not be signed out. ${asProblem(thrown).message}`);
    }
  }
}

export const leaving = new Leaving();
