import { useEffect, useLayoutEffect, useState } from '../lib/preact/standalone.module.js';

/** Rows drawn above and below what is seen, so that scrolling finds them there. */
const spare = 12;

/** Which rows of one height are in view, for lists too long to be drawn as a whole. */
export function useWindow(scroller, count, rowHeight, offset = 0) {
  const [view, setView] = useState({ top: 0, height: 800 });

  const look = () => {
    const element = scroller.current;

    if (element) {
      setView(before => before.top === element.scrollTop && before.height === element.clientHeight
        ? before
        : { top: element.scrollTop, height: element.clientHeight });
    }
  };

  useLayoutEffect(look, [count]);

  useEffect(() => {
    const element = scroller.current;

    if (!element) {
      return;
    }

    const resizing = new ResizeObserver(look);
    resizing.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resizing.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller.current]);

  const first = Math.max(0, Math.floor((view.top - offset) / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((view.top - offset + view.height) / rowHeight) + spare);
  return { first, last: Math.max(first, last), before: first * rowHeight, after: Math.max(0, (count - last) * rowHeight) };
}
