import { useCallback, useEffect, useRef, useState } from '../lib/preact/standalone.module.js';
import { get } from '../api.js';
import { connection } from '../live.js';
import { useStore } from '../store.js';

/**
 * What the host answers for the path, asked again when `version` changes or the connection is back.
 * An answer stays while the next of the same path is on its way; never are two questions under way at once.
 */
export function useLoad(path, version = 0, { everyMs = 0 } = {}) {
  const [state, setState] = useState({ path: null, data: null, problem: null });
  const isLive = useStore(connection) === 'live';
  const asking = useRef(null);

  const load = useCallback(async () => {
    if (path === null) {
      return;
    }

    if (asking.current?.path === path) {
      asking.current.again = true;
      return;
    }

    asking.current?.abort.abort();
    const mine = { path, abort: new AbortController(), again: false };
    asking.current = mine;

    do {
      mine.again = false;

      try {
        const data = await get(path, mine.abort.signal);

        if (asking.current === mine) {
          setState({ path, data, problem: null });
        }
      } catch (problem) {
        if (asking.current === mine && problem.name !== 'AbortError') {
          // What was shown before is better than nothing while the host is away.
          setState(before => ({ path, data: before.path === path && problem.status === 0 ? before.data : null, problem }));
        }
      }
    } while (mine.again && asking.current === mine && !mine.abort.signal.aborted);

    if (asking.current === mine) {
      asking.current = null;
    }
  }, [path]);

  useEffect(() => {
    load();
  }, [load, version, isLive]);

  useEffect(() => {
    if (everyMs > 0) {
      const timer = setInterval(() => document.hidden || load(), everyMs);
      return () => clearInterval(timer);
    }
  }, [load, everyMs]);

  useEffect(() => () => {
    asking.current?.abort.abort();
    asking.current = null;
  }, []);

  const isOwn = state.path === path;
  return { data: isOwn ? state.data : null, stale: state.data, problem: isOwn ? state.problem : null, reload: load };
}
