/** Pages that stand beside a room. */
type BesideRoom = 'projector' | 'preview' | 'recording' | 'feedback';

/** Every page's address. */
export type Route =
  | { page: 'home' }
  | { page: 'sign-in' }
  | { page: 'sign-in-link' }
  | { page: 'new' }
  | { page: 'room'; id: string }
  | { page: BesideRoom; id: string }
  | { page: 'actions' }
  | { page: 'library' }
  | { page: 'recurring' }
  | { page: 'published'; id: string }
  | { page: 'people' }
  | { page: 'organisation' }
  | { page: 'policies' }
  | { page: 'me' }
  | { page: 'import' }
  | { page: 'sources' }
  | { page: 'trackers' }
  | { page: 'jobs' }
  | { page: 'wording' }
  | { page: 'answer' }
  | { page: 'reminders-off' }
  | { page: 'subscriptions-off' }
  | { page: 'channels' }
  | { page: 'chase' }
  | { page: 'source-page'; name: string }
  | { page: 'event'; id: string }
  | { page: 'handbooks' }
  | { page: 'handbook' | 'handbook-edit' | 'handbook-versions'; id: string }
  | { page: 'growth' }
  | { page: 'process' }
  | { page: 'retrospective' }
  | { page: 'primer' }
  | { page: 'glossary' }
  | { page: 'not-found' };

const FIXED: Readonly<Record<string, Route>> = {
  '/': { page: 'home' },
  '/sign-in': { page: 'sign-in' },
  '/sign-in/link': { page: 'sign-in-link' },
  '/postmortems/new': { page: 'new' },
  '/actions': { page: 'actions' },
  '/library': { page: 'library' },
  '/library/recurring': { page: 'recurring' },
  '/people': { page: 'people' },
  '/organisation': { page: 'organisation' },
  '/policies': { page: 'policies' },
  '/me': { page: 'me' },
  '/import': { page: 'import' },
  '/sources': { page: 'sources' },
  '/trackers': { page: 'trackers' },
  '/jobs': { page: 'jobs' },
  '/wording': { page: 'wording' },
  '/answer': { page: 'answer' },
  '/reminders/off': { page: 'reminders-off' },
  '/subscriptions/off': { page: 'subscriptions-off' },
  '/channels': { page: 'channels' },
  '/chase': { page: 'chase' },
  '/handbooks': { page: 'handbooks' },
  '/growth': { page: 'growth' },
  '/process': { page: 'process' },
  '/process/retrospective': { page: 'retrospective' },
  '/first-time': { page: 'primer' },
  '/glossary': { page: 'glossary' },
};

const BY_ID = /^\/(postmortems|library|events)\/([0-9a-f-]{36})$/i;
const BELOW_ROOM = /^\/postmortems\/([0-9a-fA-F-]{36})\/(projector|preview|recording|feedback)$/;
const SOURCE_PAGE = /^\/docs\/sources\/([a-z-]+)$/;
const PAGES = { postmortems: 'room', library: 'published', events: 'event' } as const;

/** Handbooks have names in their addresses, and pages of their own below them. */
const HANDBOOK = /^\/handbooks\/([a-z0-9-]{1,60})(?:\/(edit|versions))?$/;
const HANDBOOK_PAGES = { edit: 'handbook-edit', versions: 'handbook-versions' } as const;

/** The page that an address means. */
export function match(path: string): Route {
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
  const fixed = Object.hasOwn(FIXED, trimmed) ? FIXED[trimmed] : undefined;
  if (fixed) return fixed;
  const [, room, page] = BELOW_ROOM.exec(trimmed) ?? [];
  if (room) return { page: page as BesideRoom, id: room };
  const [, handbook, below] = HANDBOOK.exec(trimmed) ?? [];
  if (handbook) {
    const page = HANDBOOK_PAGES[below as keyof typeof HANDBOOK_PAGES] ?? 'handbook';
    return { page, id: handbook };
  }
  const [, name] = SOURCE_PAGE.exec(trimmed) ?? [];
  if (name) return { page: 'source-page', name };
  const [, folder, id] = BY_ID.exec(trimmed) ?? [];
  if (!id) return { page: 'not-found' };
  return { page: PAGES[folder?.toLowerCase() as keyof typeof PAGES], id };
}

const PUBLIC = new Set<Route['page']>([
  'sign-in',
  'sign-in-link',
  'answer',
  'reminders-off',
  'subscriptions-off',
]);

/** Pages that need no session. */
export function isPublic(route: Route): boolean {
  return PUBLIC.has(route.page);
}

/** Where to go after signing in: an address of our own, never another site's. */
export function returnTo(query: URLSearchParams): string {
  const to = query.get('to') ?? '/';
  return /^\/(?![/\\])/.test(to) ? to : '/';
}
