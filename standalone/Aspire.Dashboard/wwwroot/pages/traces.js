import { Component, html } from '../lib/preact/standalone.module.js';
import { colourOf } from '../colours.js';
import { count, duration, number } from '../format.js';
import { versions } from '../live.js';
import { address, filter } from '../router.js';
import { useStore } from '../store.js';
import { Highlight } from '../parts/highlight.js';
import { Icon } from '../parts/icon.js';
import { Moment } from '../parts/moment.js';
import { More, NewOnes } from '../parts/more.js';
import { ResourceName, SenderSelect } from '../parts/resource.js';
import { Empty, Fault, Loading } from '../parts/states.js';
import { PauseButton, SearchField, Select, Toggle } from '../parts/toolbar.js';
import { useFeed } from '../parts/use-feed.js';
import { useHold } from '../parts/use-hold.js';

const pick = ({ traces }) => traces;
const order = ({ start }) => start;
const cursor = ({ next }) => next;

const leastDurations = [['', 'Any duration'], ['1', 'From 1 ms'], ['10', 'From 10 ms'], ['100', 'From 100 ms'], ['500', 'From 500 ms'], ['1000', 'From 1 s'], ['10000', 'From 10 s']];

/** The API's `type`: what the trace's spans do. */
const types = [['', 'All types'], ['http', 'HTTP'], ['database', 'Database'], ['messaging', 'Messaging'], ['rpc', 'RPC'], ['other', 'Other']];

export function TracesPage({ query }) {
  const resource = query.get('resource') ?? '';
  const text = query.get('text') ?? '';
  const errors = query.get('errors') === 'true';
  const minDuration = query.get('minDuration') ?? '';
  const type = query.get('type') ?? '';
  const { traces: version } = useStore(versions);
  const hold = useHold();
  const feed = useFeed({ path: address('/api/traces', { resource, text, errors, minDuration, type }), version, isHeld: hold.isHeld, pick, order, cursor });
  const isFiltered = Boolean(resource || text || errors || minDuration || type);
  const longest = Math.max(feed.data?.longest ?? 0, ...feed.rows.map(trace => trace.duration));
  const others = feed.rows.flatMap(trace => trace.resources.map(({ name }) => name));

  return html`
    <div class="page">
      <div class="page-main">
        <div class="page-head">
          <h1>Traces</h1>
          <div class="tools">
            <${SearchField} label="Filter traces" placeholder="Name, id or attribute" value=${text} onChange=${next => filter({ text: next })} />
            <${SenderSelect} value=${resource} others=${others} onChange=${next => filter({ resource: next })} />
            <${Select} label="Type" value=${type} options=${types} onChange=${next => filter({ type: next })} />
            <${Select} label="Least duration" value=${minDuration} options=${leastDurations} onChange=${next => filter({ minDuration: next })} />
            <${Toggle} isOn=${errors} icon="warning" title="Only traces with errors" onChange=${isOn => filter({ errors: isOn })}>Errors only<//>
            <span class="tools-end"><${PauseButton} isPaused=${hold.isPaused} what="the list" onChange=${hold.setPaused} /></span>
          </div>
        </div>
        <div class="list-frame" data-stale=${feed.isStale ? '' : null}>
          <${NewOnes} isShown=${feed.hasNew} onClick=${hold.toTop}>New traces<//>
          ${feed.rows.length > 0
            ? html`
              <div class="table-scroll" tabindex="0" role="group" aria-label="Table of traces" ref=${hold.scroller} onScroll=${hold.onScroll}>
                <table class="figures list traces">
                  <thead>
                    <tr><th scope="col" class="col-time">Start</th><th scope="col" class="col-message">Name</th><th scope="col" class="col-spans">Spans</th><th scope="col" class="col-duration">Duration</th></tr>
                  </thead>
                  <tbody>
                    ${feed.rows.map(trace => html`<${Row} key=${trace.id} trace=${trace} search=${text} longest=${longest} />`)}
                  </tbody>
                </table>
                <${More} feed=${feed} total=${feed.data?.total ?? 0} what="traces" />
              </div>`
            : feed.problem
              ? html`<${Fault} problem=${feed.problem} retry=${feed.reload} />`
              : !feed.data
                ? html`<${Loading} what="traces" />`
                : isFiltered
                  ? html`<${Empty} title="No trace is like that" icon="search"><a href="/traces">Show all traces</a><//>`
                  : html`<${Empty} title="No traces yet" icon="traces">Use the application, for example open one of its <a href="/">links</a>: each request becomes a trace. A resource sends them when it uses OpenTelemetry, as the service defaults set it up.<//>`}
        </div>
      </div>
    </div>`;
}

/** A trace grows while its spans arrive. */
class Row extends Component {
  shouldComponentUpdate({ trace, search, longest }) {
    const { trace: before } = this.props;
    return trace.id !== before.id || trace.spans !== before.spans || trace.duration !== before.duration || trace.errors !== before.errors
      || trace.name !== before.name || search !== this.props.search || longest !== this.props.longest;
  }

  render({ trace, search, longest }) {
    const { id, name, resource, start, duration: length, spans, errors, resources } = trace;
    const share = longest > 0 ? Math.max(0.5, length / longest * 100) : 0;

    return html`
      <tr>
        <td class="col-time"><${Moment} at=${start} exact /></td>
        <th scope="row" class="col-message">
          <a class="row-link clip" href=${`/traces/${id}`}>
            ${errors > 0 && html`<span class="bad inline-mark"><${Icon} name="cross" size="14" /><span class="visually-hidden">With errors: </span></span>`}
            <span class="quiet">${resource}: </span><${Highlight} text=${name} search=${search} /> <code class="quiet small">${id.slice(0, 7)}</code>
          </a>
          <div class="narrow-only small quiet row-note"><${Moment} at=${start} exact />${resources.map(each => html`<${ResourceName} key=${each.name} name=${each.name} />`)}</div>
        </th>
        <td class="col-spans">
          <ul class="chips" aria-label=${`${count(spans, 'span')}${errors > 0 ? `, ${count(errors, 'error')}` : ''}`}>
            ${resources.map(each => html`
              <li key=${each.name} class="resource-chip" style=${{ '--colour': colourOf(each.name) }} title=${`${each.name}: ${count(each.spans, 'span')}${each.errors > 0 ? `, ${count(each.errors, 'error')}` : ''}`}>
                ${each.errors > 0 && html`<span class="bad"><${Icon} name="cross" size="12" /></span>`}<${ResourceName} name=${each.name} /> <span class="quiet">${number(each.spans)}</span>
              </li>`)}
          </ul>
        </td>
        <td class="col-duration">
          <div class="duration-cell"><span>${duration(length)}</span><span class="duration-bar"><span style=${{ width: `${share}%` }}></span></span></div>
        </td>
      </tr>`;
  }
}
