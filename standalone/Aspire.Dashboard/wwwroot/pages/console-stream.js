// One resource's lines, as they come.

const retryMs = 1500;

/** Follows the console and takes up where it was after an interruption. The result ends it. */
export function followConsole(id, view, onState) {
  let source;
  let timer;

  const connect = () => {
    source = new EventSource(`/api/console/${encodeURIComponent(id)}?after=${view.last}`);

    source.addEventListener('open', () => onState('live'));
    source.addEventListener('message', event => view.add(JSON.parse(event.data)));

    // The host started anew, or lines were lost: what is shown would no longer be the console's.
    source.addEventListener('reset', () => view.clear());

    source.addEventListener('error', () => {
      source.close();
      onState('away');
      timer = setTimeout(connect, retryMs);
    });
  };

  const stop = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };

  const onVisibility = () => {
    stop();

    if (!document.hidden) {
      connect();
    }
  };

  // Six connections are all that a browser grants to a host for all of its tabs.
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('pagehide', stop);
  addEventListener('pageshow', onVisibility);
  onVisibility();

  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('pagehide', stop);
    removeEventListener('pageshow', onVisibility);
    stop();
  };
}
