// One resource's lines, as they come.

const retryMs = 1500;

/** Follows the console and takes up where it was after an interruption. The result ends it. */
export function followConsole(id, view, onState) {
  let source;
  let timer;

  // After an interruption the host may be another one, that counts its lines from 1 again.
  let isUnsure = false;

  const connect = () => {
    source = new EventSource(`/api/console/${encodeURIComponent(id)}?after=${isUnsure ? 0 : view.last}`);

    source.addEventListener('open', () => onState('live'));

    source.addEventListener('message', event => {
      const lines = JSON.parse(event.data);

      if (isUnsure && !view.goesOnIn(lines)) {
        view.clear();
      }

      isUnsure = false;
      view.add(lines);
    });

    // Lines were lost between: what is shown would have a gap.
    source.addEventListener('reset', () => view.clear());

    source.addEventListener('error', () => {
      source?.close();
      isUnsure = true;
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
