import { asProblem } from '#api/problem.ts';
import { session } from '#lib/session.svelte.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';

/** Signs out and leaves nothing of the organisation's on this device. */
export async function leave() {
  try {
    await session.signOut();
    await forget();
  } catch (thrown) {
    toasts.problem(`You are still signed in. ${asProblem(thrown).message}`);
  }
}

async function forget() {
  const databases = await indexedDB.databases();
  await Promise.all(databases.map(({ name }) => (name ? deleteDatabase(name) : undefined)));
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error(`${name} could not be deleted.`));
    // Another tab holds it: the browser deletes it as soon as that tab is closed.
    request.onblocked = () => resolve();
  });
}
