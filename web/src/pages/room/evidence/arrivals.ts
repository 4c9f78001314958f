/** A server that refuses is asked again after so long; one that is away, the browser seeks itself. */
const PATIENCE = 10_000;

/**
 * Calls whenever something may have arrived about the post-mortem's services: when it is told, and
 * whenever listening begins (anew), as nobody was told before. The answer ends that. Only a page
 * that is looked at listens: a browser has few connections to one server for all its tabs.
 */
export function watchArrivals(postmortem: string, arrived: () => void): () => void {
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;

  function listen() {
    const opened = new EventSource(`/api/v1/postmortems/${postmortem}/arrivals`);
    opened.addEventListener('open', arrived);
    opened.addEventListener('arrived', arrived);
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) again = setTimeout(listen, PATIENCE);
    });
    source = opened;
  }

  function stop() {
    clearTimeout(again);
    source?.close();
    source = undefined;
  }

  function turn() {
    stop();
    if (!document.hidden) listen();
  }

  turn();
  document.addEventListener('visibilitychange', turn);
  return () => {
    document.removeEventListener('visibilitychange', turn);
    stop();
  };
}
