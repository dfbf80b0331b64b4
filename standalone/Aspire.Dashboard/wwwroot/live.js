// What the host tells by itself, over one stream for the page.

import { get, signIn } from './api.js';
import { createStore } from './store.js';

const retryMs = 1500;
const hiddenMs = 20000;
const unauthorized = 401;

/** Null until the first answer: { application, resources }. */
export const host = createStore(null);

/** How often each kind of telemetry changed. */
export const versions = createStore({ logs: 0, traces: 0, metrics: 0 });

/** "connecting", "live" or "away". */
export const connection = createStore('connecting');

let source;
let retry;
let hiding;

export function start() {
  connect();

  // A browser grants six connections to a host for all its tabs together: one that nobody looks at gives its own back.
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);

    if (document.hidden) {
      hiding = setTimeout(stop, hiddenMs);
    } else if (!source) {
      connect();
    }
  });

  // A page that was left may be kept for "back", and its streams with it.
  addEventListener('pagehide', stop);
  addEventListener('pageshow', event => event.persisted && connect());
}

function stop() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

function connect() {
  stop();
  source = new EventSource('/api/live');

  source.addEventListener('open', () => connection.set('live'));
  source.addEventListener('resources', event => host.set(JSON.parse(event.data)));
  source.addEventListener('telemetry', event => versions.set(JSON.parse(event.data)));

  source.addEventListener('error', async () => {
    connection.set('away');
    stop();
    retry = setTimeout(connect, retryMs);

    // The stream does not say why it ended. A session that has ended will not come back by waiting.
    try {
      host.set(await get('/api/resources'));
    } catch (problem) {
      if (problem.status === unauthorized) {
        clearTimeout(retry);
        signIn();
      }
    }
  });
}
