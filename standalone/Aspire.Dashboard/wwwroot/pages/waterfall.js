import { html, useEffect, useMemo, useRef, useState } from '../lib/preact/standalone.module.js';
import { colourOf } from '../colours.js';
import { duration } from '../format.js';
import { Highlight } from '../parts/highlight.js';
import { Icon } from '../parts/icon.js';
import { Empty } from '../parts/states.js';
import { useWindow } from '../parts/use-window.js';

/** As in app.css: rows of one height can be drawn where they are seen only. */
const rowHeight = 28;
const deepest = 14;
const mostMarks = 40;
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** The spans of a trace against time. A tree of rows: arrows move, left and right fold, Enter opens. */
export function Waterfall({ trace, logsOf, text, errors, selectedId, onOpen }) {
  const [closed, setClosed] = useState(new Set());
  const [activeId, setActiveId] = useState(selectedId ?? trace.spans[0]?.id);
  const scroller = useRef(null);
  const wantsFocus = useRef(false);

  const spans = useMemo(() => wanted(trace.spans, text.toLowerCase(), errors), [trace, text, errors]);
  const rows = useMemo(() => unfolded(spans, closed), [spans, closed]);
  const activeIndex = Math.max(0, rows.findIndex(({ id }) => id === activeId));
  const view = useWindow(scroller, rows.length, rowHeight, rowHeight);

  // The row that has the keyboard must exist to have it.
  const shown = rows.slice(view.first, view.last);
  const length = trace.duration || 1;

  const reveal = index => {
    const element = scroller.current;
    const top = (index + 1) * rowHeight;

    if (top < element.scrollTop + rowHeight) {
      element.scrollTop = top - rowHeight;
    } else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
  };

  // An address with a span in it shows that span.
  useEffect(() => {
    const index = rows.findIndex(({ id }) => id === selectedId);

    if (index >= 0 && scroller.current) {
      setActiveId(selectedId);
      reveal(index);
    }
  }, [selectedId]);

  useEffect(() => {
    if (wantsFocus.current) {
      const row = scroller.current.querySelector('[tabindex="0"][role="row"]');

      if (row) {
        wantsFocus.current = false;
        row.focus({ preventScroll: true });
      }
    }
  });

  const moveTo = index => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    wantsFocus.current = true;
    reveal(to);
    setActiveId(rows[to].id);
  };

  const fold = (span, isClosed) => setClosed(before => {
    const next = new Set(before);
    next[isClosed ? 'add' : 'delete'](span.id);
    return next;
  });

  const onKeyDown = event => {
    if (event.target.closest('a, button') && event.key === 'Enter') {
      return;
    }

    const span = rows[activeIndex];
    const canFold = span.children > 0;
    const page = Math.max(1, Math.floor(scroller.current.clientHeight / rowHeight) - 2);
    const keys = {
      ArrowDown: () => moveTo(activeIndex + 1),
      ArrowUp: () => moveTo(activeIndex - 1),
      PageDown: () => moveTo(activeIndex + page),
      PageUp: () => moveTo(activeIndex - page),
      Home: () => moveTo(0),
      End: () => moveTo(rows.length - 1),
      ArrowLeft: () => canFold && !closed.has(span.id) ? fold(span, true) : moveTo(rows.findIndex(({ id }) => id === span.parent)),
      ArrowRight: () => canFold && closed.has(span.id) ? fold(span, false) : canFold && moveTo(activeIndex + 1),
      Enter: () => onOpen(span),
      ' ': () => onOpen(span),
    };
    const act = keys[event.key];

    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act();
    }
  };

  if (rows.length === 0) {
    return html`<${Empty} title="No span is like that" icon="search"><a href=${`/traces/${encodeURIComponent(trace.id)}`}>Show all spans</a><//>`;
  }

  return html`
    <div class="waterfall" ref=${scroller} role="treegrid" aria-label="Spans of the trace" aria-rowcount=${rows.length + 1} aria-colcount="2" onKeyDown=${onKeyDown}>
      <div class="waterfall-head" role="row" aria-rowindex="1">
        <span role="columnheader">Span</span>
        <span class="waterfall-ticks" role="columnheader" aria-label="Time from the trace's start">
          ${ticks.map((at, index) => html`<span key=${at} class="tick" data-edge=${index === 0 ? 'first' : index === ticks.length - 1 ? 'last' : null} style=${{ left: `${at * 100}%` }}>${duration(trace.duration * at)}</span>`)}
        </span>
      </div>
      <div role="rowgroup" style=${{ paddingTop: `${view.before}px`, paddingBottom: `${view.after}px` }}>
        ${shown.map((span, index) => html`
          <${SpanRow} key=${span.id} span=${span} index=${view.first + index} length=${length} traceStart=${trace.start} logs=${logsOf.get(span.id)} text=${text}
            isClosed=${closed.has(span.id)} isActive=${view.first + index === activeIndex} isSelected=${span.id === selectedId}
            onFold=${fold} onOpen=${each => { setActiveId(each.id); onOpen(each); }} />`)}
      </div>
    </div>`;
}

function SpanRow({ span, index, length, traceStart, logs, text, isClosed, isActive, isSelected, onFold, onOpen }) {
  const { name, resource, peer, kind, depth, children, start, duration: took, status, events } = span;
  const isError = status === 'error';
  const left = start / length * 100;
  const width = took / length * 100;

  // Beside the bar where there is room, and on it where there is none.
  const isInside = left <= 60 && left + width > 88;
  const isLate = left > 60;
  const words = `${resource}: ${name}, ${duration(took)}, from ${duration(start)}${isError ? ', error' : ''}`;

  return html`
    <div class="span-row ${isSelected ? 'selected' : ''}" role="row" aria-level=${depth + 1} aria-rowindex=${index + 2} aria-selected=${String(isSelected)} aria-expanded=${children > 0 ? String(!isClosed) : null}
      aria-label=${words} tabindex=${isActive ? '0' : '-1'} style=${{ '--colour': colourOf(resource) }} onClick=${() => onOpen(span)}>
      <div class="span-name" role="gridcell" style=${{ '--depth': Math.min(depth, deepest) }}>
        ${children > 0
          ? html`<button type="button" class="fold" tabindex="-1" aria-label=${isClosed ? 'Expand' : 'Collapse'} data-closed=${isClosed ? '' : null} onClick=${event => { event.stopPropagation(); onFold(span, !isClosed); }}><${Icon} name="down" size="12" /></button>`
          : html`<span class="fold"></span>`}
        <span class="span-edge"></span>
        ${isError && html`<span class="bad span-sign"><${Icon} name="cross" size="14" /></span>`}
        <span class="span-words" title=${`${resource}: ${name}`}><strong>${resource}</strong>${peer && kind !== 'internal' && html`<span class="quiet"> → ${peer}</span>`} <span class="quiet"><${Highlight} text=${name} search=${text} /></span></span>
        ${isClosed && html`<span class="count">+${children}</span>`}
      </div>
      <div class="span-time" role="gridcell">
        <span class="span-bar" data-error=${isError ? '' : null} style=${{ left: `${left}%`, width: `${width}%` }}></span>
        ${events.slice(0, mostMarks).map((event, at) => html`<span key=${`e${at}`} class="event-mark" title=${`${event.name} at ${duration(event.at)}`} style=${{ left: `${event.at / length * 100}%` }}></span>`)}
        ${logs?.slice(0, mostMarks).map(log => html`<span key=${`l${log.id}`} class="log-mark" data-level=${log.level} title=${log.message} style=${{ left: `${Math.max(0, Math.min(100, (log.at - traceStart) / length * 100))}%` }}></span>`)}
        <span class="span-duration" data-inside=${isInside ? '' : null} style=${isInside ? {} : isLate ? { right: `${100 - left}%` } : { left: `${Math.min(100, left + width)}%` }}>${duration(took)}</span>
      </div>
    </div>`;
}

/** Those that were asked for, and what leads to them: a span without its parents would not say where it belongs. */
function wanted(spans, text, errors) {
  if (!text && !errors) {
    return spans;
  }

  const parents = new Map(spans.map(span => [span.id, span.parent]));
  const kept = new Set();

  for (const span of spans) {
    const isLike = !text || [span.name, span.resource, span.peer, span.id, ...span.attributes.map(({ value }) => value)].some(each => each?.toLowerCase().includes(text));

    if (isLike && (!errors || span.status === 'error')) {
      for (let id = span.id; id && !kept.has(id); id = parents.get(id)) {
        kept.add(id);
      }
    }
  }

  return spans.filter(({ id }) => kept.has(id));
}

/** Without what lies below a span that is folded. They come depth first, so that what is deeper and follows is below. */
function unfolded(spans, closed) {
  const rows = [];
  let hiddenBelow = Infinity;

  for (const span of spans) {
    if (span.depth > hiddenBelow) {
      continue;
    }

    hiddenBelow = closed.has(span.id) ? span.depth : Infinity;
    rows.push(span);
  }

  return rows;
}
