/**
 * The one stream of live events of this page. Comes back by itself when the connection breaks, and goes on where it was.
 * A page that nobody looks at listens to nothing, for over HTTP/1.1 a browser keeps six connections open to one site, all
 * its tabs together; it catches up when it is looked at. Knows no React and no cache.
 */
import type { LiveBell, LiveChange } from '../../../wire/live.ts';

export type LiveState = 'on' | 'away';

export type LiveHandlers = {
  onChange(change: LiveChange): void;
  onBell(bell: LiveBell): void;
  /** Too much was missed. */
  onReload(): void;
  /** The server is there and lets nobody listen, or not the person this page is for. */
  onRefused(): void;
  onState(state: LiveState): void;
};

/** A browser gives up where the server refuses; we ask again, seldom. */
const refusedMs = 15_000;

/** Answers with what closes it. */
export function openLiveStream(after: number, personId: string, handlers: LiveHandlers): () => void {
  let lastId = after;
  let source: EventSource | undefined;
  let timer: number | undefined;

  function connect(): void {
    window.clearTimeout(timer);
    if (document.visibilityState === 'hidden') return;
    if (source && source.readyState !== EventSource.CLOSED) return;
    const opening = new EventSource(`/api/live?after=${lastId}&person=${encodeURIComponent(personId)}`);
    source = opening;
    const hear = <T>(name: string, handle: (data: T) => void): void =>
      opening.addEventListener(name, (event: MessageEvent<string>) => {
        if (event.lastEventId !== '') lastId = Number(event.lastEventId);
        handle(JSON.parse(event.data) as T);
      });
    hear('ready', () => handlers.onState('on'));
    hear<LiveChange>('change', handlers.onChange);
    hear<LiveBell>('bell', handlers.onBell);
    hear('reload', () => {
      handlers.onState('on');
      handlers.onReload();
    });
    opening.addEventListener('error', () => {
      if (source !== opening) return;
      handlers.onState('away');
      if (opening.readyState !== EventSource.CLOSED) return;
      handlers.onRefused();
      timer = window.setTimeout(connect, refusedMs);
    });
  }

  function rest(): void {
    window.clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  function onVisibility(): void {
    if (document.visibilityState === 'hidden') rest();
    else connect();
  }

  // An open connection may not notice that the network is gone; the browser does.
  function onOffline(): void {
    rest();
    handlers.onState('away');
  }

  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', connect);
  window.addEventListener('offline', onOffline);
  connect();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', connect);
    window.removeEventListener('offline', onOffline);
    rest();
  };
}
