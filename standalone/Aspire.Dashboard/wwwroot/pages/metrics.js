import { html, useEffect, useMemo } from '../lib/preact/standalone.module.js';
import { axisWord, count, measure, number, unitWord } from '../format.js';
import { host, versions } from '../live.js';
import { address, changed, filter, navigate } from '../router.js';
import { useStore } from '../store.js';
import { Icon } from '../parts/icon.js';
import { SenderSelect } from '../parts/resource.js';
import { Empty, Fault, Loading } from '../parts/states.js';
import { PauseButton, Select } from '../parts/toolbar.js';
import { useHold } from '../parts/use-hold.js';
import { useLoad } from '../parts/use-load.js';
import { figuresOf, linesOf } from './metric-lines.js';
import { MetricChart } from './metric-chart.js';

const windows = [1, 5, 15, 30];
const defaultMinutes = 5;

/** The window moves on also when nothing arrives. */
const everyMs = 5000;

const kindWords = { counter: 'Counter', upDownCounter: 'Up-down counter', gauge: 'Gauge', histogram: 'Histogram', exponentialHistogram: 'Exponential histogram' };

export function MetricsPage({ resource, query }) {
  const { metrics: version } = useStore(versions);
  const { resources: known } = useStore(host);
  const { data, problem, reload } = useLoad('/api/metrics', version);
  const senders = data?.resources ?? [];
  const chosen = senders.find(({ name }) => name === resource);

  useEffect(() => {
    // Without a name in the address, the first that has something to show.
    if (!resource && senders.length > 0) {
      const first = known.map(({ telemetry }) => telemetry).find(name => senders.some(each => each.name === name)) ?? senders[0].name;
      navigate(`/metrics/${encodeURIComponent(first)}`, { replace: true });
    }
  }, [resource, senders.length]);

  const meter = query.get('meter');
  const instrument = query.get('instrument');
  const found = chosen?.meters.find(({ name }) => name === meter)?.instruments.find(({ name }) => name === instrument);
  const minutes = query.get('minutes');

  const choose = name => navigate(address(`/metrics/${encodeURIComponent(name)}`, { meter, instrument, minutes }));

  return html`
    <div class="page">
      <div class="page-main">
        <div class="page-head">
          <h1>Metrics</h1>
          <${SenderSelect} value=${resource ?? ''} others=${senders.map(({ name }) => name)} isRequired=${Boolean(resource)} onChange=${choose} />
          ${chosen && html`<span class="quiet small">${count(chosen.points, 'point')} kept${chosen.dropped > 0 ? `, ${number(chosen.dropped)} dropped` : ''}</span>`}
        </div>
        ${!data
          ? problem ? html`<${Fault} problem=${problem} retry=${reload} />` : html`<${Loading} what="metrics" />`
          : senders.length === 0
            ? html`<${Empty} title="No metrics yet" icon="metrics">A resource sends them every few seconds when it uses OpenTelemetry, as the service defaults set it up. The first take up to a minute.<//>`
            : !chosen
              ? resource && html`<${Empty} title=${`No metrics of ${resource} yet`} icon="metrics">The first take up to a minute after its start. Those that have sent: ${senders.map(({ name }, index) => html`${index > 0 && ', '}<a key=${name} href=${`/metrics/${encodeURIComponent(name)}`}>${name}</a>`)}<//>`
              : html`
                <div class="metrics" data-chosen=${found ? '' : null}>
                  <${Tree} meters=${chosen.meters} meter=${meter} instrument=${instrument} />
                  <div class="metric-side">
                    ${found
                      ? html`<${Instrument} key=${`${resource}/${meter}/${instrument}`} resource=${resource} meter=${meter} instrument=${found} query=${query} version=${version} />`
                      : html`<${Empty} title="Choose an instrument" icon="metrics">${instrument ? `${resource} has no ${instrument}.` : 'Each has a chart, by its attributes.'}<//>`}
                  </div>
                </div>`}
      </div>
    </div>`;
}

/** Long names break after their dots. */
const breakable = name => name.split('.').map((part, index) => (index === 0 ? part : html`.<wbr />${part}`));

/** Filters are those of one instrument: another has other dimensions. */
const Tree = ({ meters, meter, instrument }) => html`
  <nav class="metric-tree" aria-label="Instruments">
    ${meters.map(each => html`
      <details key=${each.name} open>
        <summary>${breakable(each.name)} <span class="count">${each.instruments.length}</span></summary>
        <ul>
          ${each.instruments.map(({ name, description }) => html`
            <li key=${name}><a href=${changed({ meter: each.name, instrument: name, by: null, show: null })} title=${description} aria-current=${each.name === meter && name === instrument ? 'true' : null}>${breakable(name)}</a></li>`)}
        </ul>
      </details>`)}
  </nav>`;

const histogramViews = [['percentiles', 'p50, p90, p99'], ['p50', 'p50'], ['p90', 'p90'], ['p99', 'p99'], ['counts', 'Counts']];

function Instrument({ resource, meter, instrument, query, version }) {
  const minutes = windows.includes(Number(query.get('minutes'))) ? Number(query.get('minutes')) : defaultMinutes;
  const by = query.getAll('by');
  const isTable = query.get('view') === 'table';
  const hold = useHold();
  const path = address(`/api/metrics/${[resource, meter, instrument.name].map(encodeURIComponent).join('/')}`, { minutes, attributes: by });
  const { data: fresh, stale, problem, reload } = useLoad(hold.isPaused ? null : path, version, { everyMs });

  // While another window or filter is asked for, and while paused, the last answer stays.
  const data = fresh ?? stale;
  const isHistogram = data?.shows === 'percentiles';
  const show = query.get('show') ?? ((data?.series.length ?? 0) > 1 ? 'p90' : 'percentiles');
  const lines = useMemo(() => (data ? linesOf(data, show) : []), [data, show]);
  const isRate = data?.shows === 'rate' || (isHistogram && show === 'counts');
  const unit = isHistogram && show === 'counts' ? '' : data?.unit;
  const write = value => measure(value, unit, isRate);

  return html`
    <div class="metric-head">
      <div>
        <a class="narrow-only small" href=${changed({ meter: null, instrument: null, by: null, show: null })}>All instruments</a>
        <h2>${instrument.name}</h2>
        <p class="quiet">${instrument.description || meter}</p>
        <p class="quiet small">${[kindWords[instrument.kind] ?? instrument.kind, unitWord(instrument.unit), data?.shows === 'rate' ? 'shown per second' : '', count(instrument.series, 'series', 'series')].filter(Boolean).join(' · ')}</p>
      </div>
      <div class="tools">
        <div class="segments" role="group" aria-label="Time window">
          ${windows.map(each => html`<button key=${each} type="button" class="segment" aria-pressed=${String(each === minutes)} onClick=${() => filter({ minutes: each === defaultMinutes ? null : each })}>${each} min</button>`)}
        </div>
        ${isHistogram && html`<${Select} label="Shown" value=${show} options=${histogramViews} onChange=${next => filter({ show: next })} />`}
        <div class="segments" role="group" aria-label="View">
          <button type="button" class="segment" aria-pressed=${String(!isTable)} onClick=${() => filter({ view: null })}><${Icon} name="metrics" size="13" />Chart</button>
          <button type="button" class="segment" aria-pressed=${String(isTable)} onClick=${() => filter({ view: 'table' })}><${Icon} name="table" size="13" />Table</button>
        </div>
        <${PauseButton} isPaused=${hold.isPaused} what="the chart" onChange=${hold.setPaused} />
      </div>
    </div>
    ${data?.dimensions.length > 0 && html`<${Dimensions} dimensions=${data.dimensions} by=${by} />`}
    ${!data
      ? problem ? html`<${Fault} problem=${problem} retry=${reload} />` : html`<${Loading} what="the figures" />`
      : lines.every(({ values }) => values.every(value => value === null))
        ? html`<${Empty} title=${`Nothing in the last ${minutes === 1 ? 'minute' : `${minutes} minutes`}`} icon="metrics">${by.length > 0 ? html`<a href=${changed({ by: null })}>Show all dimensions</a>` : 'Choose a longer window, or wait for the next points.'}<//>`
        : isTable
          ? html`<${Figures} data=${data} lines=${lines} write=${write} label=${instrument.name} />`
          : html`<${MetricChart} times=${data.times} lines=${lines} write=${write} label=${`${instrument.name}${unitWord(unit) || isRate ? `, in ${unitWord(unit) || 'times'}${isRate ? ' per second' : ''}` : ''}`} axis=${[isRate ? unitWord(unit) : axisWord(unit), isRate ? 'per second' : ''].filter(Boolean).join(' ')} />`}
    ${data?.left > 0 && html`<p class="quiet small">${count(data.left, 'series', 'series')} with less ${data.left === 1 ? 'is' : 'are'} not shown: filter by a dimension to see ${data.left === 1 ? 'it' : 'them'}.</p>`}`;
}

/** In the address as "by=key=value", once for each dimension. */
function Dimensions({ dimensions, by }) {
  const chosen = new Map(by.map(each => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]));

  const choose = (key, value) => {
    const next = new Map(chosen);

    if (value === '') {
      next.delete(key);
    } else {
      next.set(key, value);
    }

    filter({ by: [...next].map(([name, each]) => `${name}=${each}`) });
  };

  return html`
    <div class="tools dimensions" role="group" aria-label="Filter by dimension">
      ${dimensions.map(({ key, values }) => {
        const all = [...new Set([...values, ...(chosen.has(key) ? [chosen.get(key)] : [])])];
        return html`<${Select} key=${key} label=${key} isLabelled value=${chosen.get(key) ?? ''} options=${[['', `All (${all.length})`], ...all.map(value => [value, value || '(empty)'])]} onChange=${value => choose(key, value)} />`;
      })}
    </div>`;
}

const Figures = ({ data, lines, write, label }) => html`
  <div class="table-scroll framed" tabindex="0" role="group" aria-label="Table of figures">
    <table class="figures">
      <caption class="visually-hidden">${label}</caption>
      <thead><tr><th scope="col">Time</th>${lines.map(({ key, name, title }) => html`<th key=${key} scope="col" class="number" title=${title}>${name}</th>`)}</tr></thead>
      <tbody>
        ${figuresOf(data.times, lines).map(({ at, time, values }) => html`
          <tr key=${at}><th scope="row">${time}</th>${values.map((value, index) => html`<td key=${lines[index].key} class="number">${value === null ? html`<span class="quiet">–</span>` : write(value)}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
