// Every view is an address: the path says which page, the query what of it is shown.

import { createStore } from './store.js';

const read = () => ({ path: location.pathname, query: new URLSearchParams(location.search) });

export const route = createStore(read());

export function navigate(to, { replace = false } = {}) {
  if (to === location.pathname + location.search) {
    return;
  }

  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  route.set(read());
}

/** A path with what is set of the query; what is null, empty or false is left out. An array stands for a key that repeats. */
export function address(path, query = {}) {
  const parameters = new URLSearchParams();

  for (const [key, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined && each !== '' && each !== false) {
        parameters.append(key, each);
      }
    }
  }

  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/** The address of the same view with some of its query changed. */
export function changed(changes) {
  const { path, query } = route.get();
  const all = {};

  for (const key of new Set(query.keys())) {
    all[key] = query.getAll(key);
  }

  return address(path, { ...all, ...changes });
}

/** Filters replace, so that "back" leaves the page instead of undoing letter by letter; what is opened is a step of its own. */
export const filter = changes => navigate(changed(changes), { replace: true });
export const open = changes => navigate(changed(changes));

addEventListener('popstate', () => route.set(read()));

/** Links are real links; those within the dashboard do not load the page anew. */
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href]');

  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }

  const url = new URL(link.href);

  if (link.target || link.hasAttribute('download') || url.origin !== location.origin || url.pathname.startsWith('/api/') || url.pathname === '/login') {
    return;
  }

  event.preventDefault();
  navigate(url.pathname + url.search);
});
