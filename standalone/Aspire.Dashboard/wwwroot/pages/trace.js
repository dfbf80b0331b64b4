import { html, useEffect, useMemo, useRef, useState } from '../lib/preact/standalone.module.js';
import { count, duration, fullMoment, number } from '../format.js';
import { versions } from '../live.js';
import { address, filter, open, route } from '../router.js';
import { useStore } from '../store.js';
import { Icon } from '../parts/icon.js';
import { ResourceName } from '../parts/resource.js';
import { Empty, Fault, Loading } from '../parts/states.js';
import { SearchField, Toggle } from '../parts/toolbar.js';
import { useLoad } from '../parts/use-load.js';
import { SpanDetails } from './span-details.js';
import { Waterfall } from './waterfall.js';

/** How long after its start a trace may still grow; later it is not asked for again. */
const growingMs = 120000;
const mostLogs = 1000;

export function TracePage({ id, query }) {
  const { traces: version } = useStore(versions);
  const [end, setEnd] = useState(null);
  const isGrowing = end === null || Date.now() - end < growingMs;
  const shownVersion = useRef(version);

  if (isGrowing) {
    shownVersion.current = version;
  }

  const key = encodeURIComponent(id);
  const { data: trace, problem, reload } = useLoad(`/api/traces/${key}`, useSlowed(shownVersion.current));
  const { data: logs } = useLoad(address('/api/logs', { trace: id, limit: mostLogs }), trace?.spans.length ?? 0);

  useEffect(() => {
    if (trace) {
      setEnd(trace.start + trace.duration);
    }
  }, [trace]);

  const selectedId = query.get('span');
  const selected = trace?.spans.find(span => span.id === selectedId);
  const text = query.get('text') ?? '';
  const errors = query.get('errors') === 'true';
  const logsOf = useMemo(() => bySpan(logs?.logs ?? []), [logs]);
  const errorCount = trace?.resources.reduce((sum, each) => sum + each.errors, 0) ?? 0;
  const depth = trace ? 1 + Math.max(0, ...trace.spans.map(span => span.depth)) : 0;

  if (!trace) {
    return html`
      <div class="page"><div class="page-main">
        ${!problem
          ? html`<${Loading} what="the trace" />`
          : problem.status === 404
            ? html`<${Empty} title="This trace is not kept" icon="traces">It may have made way for newer ones, or its spans have not arrived yet. <a href="/traces">To the traces</a><//>`
            : html`<${Fault} problem=${problem} retry=${reload} />`}
      </div></div>`;
  }

  return html`
    <div class="page">
      <div class="page-main">
        <div class="page-head trace-head">
          <nav class="crumbs" aria-label="Where this is"><a href="/traces">Traces</a></nav>
          <h1>${trace.name} <code class="quiet small">${id.slice(0, 7)}</code></h1>
          <dl class="summary">
            <div><dt>Start</dt><dd><time datetime=${new Date(trace.start).toISOString()}>${fullMoment(trace.start)}</time></dd></div>
            <div><dt>Duration</dt><dd>${duration(trace.duration)}</dd></div>
            <div><dt>Spans</dt><dd>${number(trace.spans.length)}</dd></div>
            <div><dt>Depth</dt><dd>${number(depth)}</dd></div>
            <div><dt>Errors</dt><dd>${errorCount > 0 ? html`<span class="bad mark"><${Icon} name="cross" size="13" />${number(errorCount)}</span>` : '0'}</dd></div>
            <div class="summary-resources"><dt>Resources</dt><dd>${trace.resources.map(each => html`<span key=${each.name} title=${`${count(each.spans, 'span')}`}><${ResourceName} name=${each.name} /></span>`)}</dd></div>
          </dl>
          <div class="tools">
            <${SearchField} label="Filter spans" placeholder="Filter spans by name or attribute" value=${text} onChange=${next => filter({ text: next })} />
            <${Toggle} isOn=${errors} icon="warning" title="Only spans with errors, and what leads to them" onChange=${isOn => filter({ errors: isOn })}>Errors only<//>
            <a class="tool" href=${address('/structuredlogs', { trace: id })}><${Icon} name="logs" size="14" />Logs${logs ? ` (${number(logs.total)})` : ''}</a>
          </div>
          ${trace.dropped > 0 && html`<p class="busy small"><${Icon} name="warning" size="13" /> ${count(trace.dropped, 'span')} of it ${trace.dropped === 1 ? 'was' : 'were'} not kept: a trace may have only so many.</p>`}
        </div>
        <${Waterfall} trace=${trace} logsOf=${logsOf} text=${text} errors=${errors} selectedId=${selectedId} onOpen=${span => (span.id === route.get().query.get('span') ? open({ span: null }) : open({ span: span.id }))} />
      </div>
      ${selected && html`<${SpanDetails} trace=${trace} span=${selected} logs=${logsOf.get(selected.id) ?? []} onClose=${() => open({ span: null })} />`}
    </div>`;
}

const slowMs = 1500;

/** The versions change with every trace of the whole application; this one is looked after more calmly. */
function useSlowed(value) {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const timer = useRef(0);
  latest.current = value;

  useEffect(() => {
    if (value !== shown && timer.current === 0) {
      timer.current = setTimeout(() => {
        timer.current = 0;
        setShown(latest.current);
      }, slowMs);
    }
  }, [value, shown]);

  useEffect(() => () => clearTimeout(timer.current), []);

  return shown;
}

function bySpan(logs) {
  const spans = new Map();

  for (const log of logs.toReversed()) {
    if (!spans.has(log.span)) {
      spans.set(log.span, []);
    }

    spans.get(log.span).push(log);
  }

  return spans;
}
