import { match, type Route } from './routes.ts';

/** The address bar as state. */
class Router {
  url = $state.raw(new URL(location.href));
  route = $derived<Route>(match(this.url.pathname));

  /** Goes to an address of ours. */
  go(to: string, how: 'push' | 'replace' = 'push') {
    const url = new URL(to, location.href);
    history[how === 'push' ? 'pushState' : 'replaceState'](null, '', url);
    const samePage = url.pathname === this.url.pathname;
    this.url = url;
    if (!samePage) scrollTo(0, 0);
  }

  /** Follows links and the back button from now on; the answer stops that. */
  start(): () => void {
    const back = () => {
      this.url = new URL(location.href);
    };
    const click = (event: MouseEvent) => this.#follow(event);
    addEventListener('popstate', back);
    document.addEventListener('click', click);
    return () => {
      removeEventListener('popstate', back);
      document.removeEventListener('click', click);
    };
  }

  #follow(event: MouseEvent) {
    const url = destination(event);
    if (!url) return;
    event.preventDefault();
    this.go(url.href);
  }
}

/** Where a click leads inside the app; nothing if it is the browser's to handle. */
export function destination(event: MouseEvent): URL | undefined {
  const plain =
    event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!plain || event.defaultPrevented || !(event.target instanceof Element)) return undefined;
  const link = event.target.closest('a');
  // A link inside a drawing has no address as text; those lead within the page.
  if (!(link instanceof HTMLAnchorElement) || !link.href) return undefined;
  if (link.target || link.hasAttribute('download')) return undefined;
  const url = new URL(link.href, location.href);
  if (
    url.origin !== location.origin ||
    url.pathname.startsWith('/api/') ||
    url.pathname.startsWith('/docs/')
  )
    return undefined;
  const withinPage =
    url.hash !== '' && url.pathname === location.pathname && url.search === location.search;
  return withinPage ? undefined : url;
}

export const router = new Router();
