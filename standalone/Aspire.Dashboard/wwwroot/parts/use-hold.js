import { useCallback, useRef, useState } from '../lib/preact/standalone.module.js';

const atTopPx = 40;

/** A list is held still when its reader pauses it, and while they have scrolled down in it: nobody wants to read what moves away. */
export function useHold() {
  const scroller = useRef(null);
  const [isPaused, setPaused] = useState(false);
  const [isAway, setAway] = useState(false);
  const onScroll = useCallback(event => setAway(event.currentTarget.scrollTop > atTopPx), []);

  const toTop = () => {
    scroller.current?.scrollTo({ top: 0 });
    setAway(false);
    setPaused(false);
  };

  return { scroller, onScroll, isPaused, setPaused, isHeld: isPaused || isAway, toTop };
}
