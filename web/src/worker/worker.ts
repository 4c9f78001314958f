/**
 * Keeps the app itself in the browser, so that it opens without a network. It holds no answer of
 * the API and sees none: what people wrote is kept by the pages, and removed by them.
 */
import { match } from '#lib/router/routes.ts';

declare const self: ServiceWorkerGlobalScope;
/** All files of this version, and a name for exactly these; the build sets both. */
declare const APP: { readonly version: string; readonly files: readonly string[] };

const PREFIX = 'afterword-app-';
const CACHE = PREFIX + APP.version;
const FILES = new Set(APP.files);
const PAGE = '/index.html';
const HASHED = '/assets/';
/** How long a page may take before the kept one is shown: some networks never answer at all. */
const PATIENCE = 4000;
/** A proxy says so when the server behind it is away. */
const AWAY = new Set([502, 503, 504]);

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request);
  if (answer !== undefined) event.respondWith(answer);
});

/** Takes over at once; pages that run the version before find their files in its cache. */
async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(APP.files.map(asked));
  await self.skipWaiting();
}

async function activate() {
  const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  await Promise.all(kept.slice(0, -2).map((name) => caches.delete(name)));
  await self.clients.claim();
}

function answerTo(request: Request): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return undefined;
  if (request.mode === 'navigate') {
    return match(pathname).page === 'not-found' ? undefined : page(request);
  }
  return FILES.has(pathname) || pathname.startsWith(HASHED) ? file(request) : undefined;
}

/** The server's page comes first, so that nobody is held in an old app. */
async function page(request: Request): Promise<Response> {
  const fresh = fetch(request);
  const answer = await Promise.race([fresh, patience()]).catch(() => undefined);
  if (answer && !AWAY.has(answer.status)) return answer;
  return (await caches.match(PAGE, { cacheName: CACHE })) ?? fresh;
}

async function file(request: Request): Promise<Response> {
  const here = await caches.match(request, { cacheName: CACHE });
  return here ?? (await caches.match(request)) ?? fetch(request);
}

/** A sign-in page that something on the way puts in a file's place must not be kept for it. */
function asked(file: string): Request {
  const cache = file.startsWith(HASHED) ? 'default' : 'no-cache';
  return new Request(file, { cache, redirect: 'error' });
}

function patience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
}
