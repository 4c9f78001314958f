import { toasts } from './ui/toasts.svelte.ts';

/** Lets the browser keep the app, so that it opens offline; after all that the page itself loads. */
export function keepApp() {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    // Where the browser forbids it, the app works as long as there is a network.
    register().catch(() => undefined);
  });
}

async function register() {
  const { serviceWorker } = navigator;
  let running = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (running) void offerNewer();
    running = true;
  });
  const registration = await serviceWorker.register('/worker.js', { updateViaCache: 'none' });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
}

/** A page that was loaded after the upgrade is the new version already, and was first to notice. */
async function offerNewer() {
  const script = document
    .querySelector<HTMLScriptElement>('script[type="module"]')
    ?.getAttribute('src');
  const newest = await fetch('/index.html').then((answer) => answer.text());
  if (script && !newest.includes(script))
    toasts.offer('A new version of Afterword is here.', RELOAD);
}

const RELOAD = { label: 'Load it', run: () => location.reload() };
