/** Every page's address. */
export type Route =
  | { page: 'home' }
  | { page: 'sign-in' }
  | { page: 'sign-in-link' }
  | { page: 'new' }
  | { page: 'room'; id: string }
  | { page: 'library' }
  | { page: 'published'; id: string }
  | { page: 'people' }
  | { page: 'me' }
  | { page: 'import' }
  | { page: 'sources' }
  | { page: 'source-page'; name: string }
  | { page: 'event'; id: string }
  | { page: 'not-found' };

const FIXED: Readonly<Record<string, Route>> = {
  '/': { page: 'home' },
  '/sign-in': { page: 'sign-in' },
  '/sign-in/link': { page: 'sign-in-link' },
  '/postmortems/new': { page: 'new' },
  '/library': { page: 'library' },
  '/people': { page: 'people' },
  '/me': { page: 'me' },
  '/import': { page: 'import' },
  '/sources': { page: 'sources' },
};

const BY_ID = /^\/(postmortems|library|events)\/([0-9a-f-]{36})$/i;
const SOURCE_PAGE = /^\/docs\/sources\/([a-z-]+)$/;
const PAGES = { postmortems: 'room', library: 'published', events: 'event' } as const;

/** The page that an address means. */
export function match(path: string): Route {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
  const fixed = Object.hasOwn(FIXED, trimmed) ? FIXED[trimmed] : undefined;
  if (fixed) return fixed;
  const [, name] = SOURCE_PAGE.exec(trimmed) ?? [];
  if (name) return { page: 'source-page', name };
  const [, folder, id] = BY_ID.exec(trimmed) ?? [];
  if (!id) return { page: 'not-found' };
  return { page: PAGES[folder?.toLowerCase() as keyof typeof PAGES], id };
}

/** Pages that need no session. */
export function isPublic(route: Route): boolean {
  return route.page === 'sign-in' || route.page === 'sign-in-link';
}

/** Where to go after signing in: an address of our own, never another site's. */
export function returnTo(query: URLSearchParams): string {
  const to = query.get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}
