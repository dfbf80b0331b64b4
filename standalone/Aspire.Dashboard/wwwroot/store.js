import { useEffect, useState } from './lib/preact/standalone.module.js';

/** A value that several parts of the page look at. */
export function createStore(value) {
  const listeners = new Set();

  return {
    get: () => value,
    set(next) {
      if (next !== value) {
        value = next;
        listeners.forEach(listener => listener(value));
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The store's value; what uses it is rendered again when it changes. */
export function useStore(store) {
  const [value, setValue] = useState(store.get());

  useEffect(() => {
    // It may have changed between the rendering and now.
    setValue(store.get());
    return store.subscribe(setValue);
  }, [store]);

  return value;
}
