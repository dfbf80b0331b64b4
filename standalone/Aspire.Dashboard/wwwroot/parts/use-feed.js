import { useRef, useState } from '../lib/preact/standalone.module.js';
import { get } from '../api.js';
import { useLoad } from './use-load.js';

/**
 * A list with the newest first, that grows at the top by itself and at the end on demand.
 * @param path     where its newest are asked for, with the filters but without a cursor
 * @param version  changes when there may be new ones
 * @param isHeld   the reader wants the list to stay as it is
 * @param pick     an answer's rows
 * @param order    a row's place in time: what is smaller is older
 * @param cursor   where to go on, from an answer and its rows; null at the end
 */
export function useFeed({ path, version, isHeld, pick, order, cursor }) {
  const shownVersion = useRef(version);

  if (!isHeld) {
    shownVersion.current = version;
  }

  const { data, problem, reload } = useLoad(path, shownVersion.current);
  const list = useRef({ path: null, data: null, rows: [], next: null, isExtended: false });
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState(null);

  if (data && list.current.data !== data) {
    list.current = renew(list.current, { path, data, newest: pick(data), order, cursor });
  }

  // Until another question is answered, what the last one found stays to be seen.
  const { rows, next } = list.current;
  const isStale = list.current.path !== path;

  const more = async () => {
    setLoadingMore(true);
    setMoreProblem(null);

    try {
      const answer = await get(`${path}${path.includes('?') ? '&' : '?'}before=${encodeURIComponent(next)}`);
      const page = pick(answer);
      const before = list.current;

      if (before.path === path) {
        const known = new Set(before.rows.map(({ id }) => id));
        list.current = {
          ...before,
          rows: [...before.rows, ...page.filter(({ id }) => !known.has(id))],
          next: page.length > 0 ? cursor(answer, page) : null,
          isExtended: true,
        };
      }
    } catch (fault) {
      setMoreProblem(fault);
    } finally {
      setLoadingMore(false);
    }
  };

  return {
    data: data ?? list.current.data,
    rows,
    isStale,
    problem,
    reload,
    more: next === null || isStale ? null : more,
    isLoadingMore,
    moreProblem,
    hasNew: isHeld && version !== shownVersion.current,
  };
}

/** The newest page on top of what was loaded further down, provided that the two still meet. */
function renew(before, { path, data, newest, order, cursor }) {
  const seen = new Set(newest.map(({ id }) => id));

  if (before.path === path && before.isExtended && before.rows.some(({ id }) => seen.has(id))) {
    const lowest = order(newest[newest.length - 1]);
    const below = before.rows.filter(row => !seen.has(row.id) && order(row) <= lowest);
    return { ...before, data, rows: [...newest, ...below] };
  }

  return { path, data, rows: newest, next: newest.length > 0 ? cursor(data, newest) : null, isExtended: false };
}
