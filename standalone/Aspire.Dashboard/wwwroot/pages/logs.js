import { Component, html } from '../lib/preact/standalone.module.js';
import { versions } from '../live.js';
import { address, filter, open } from '../router.js';
import { useStore } from '../store.js';
import { Highlight } from '../parts/highlight.js';
import { Icon } from '../parts/icon.js';
import { LevelMark, levels } from '../parts/level.js';
import { Moment } from '../parts/moment.js';
import { More, NewOnes } from '../parts/more.js';
import { ResourceName, SenderSelect } from '../parts/resource.js';
import { Empty, Fault, Loading } from '../parts/states.js';
import { PauseButton, SearchField, Select } from '../parts/toolbar.js';
import { useFeed } from '../parts/use-feed.js';
import { useHold } from '../parts/use-hold.js';
import { LogDetails } from './log-details.js';

const pick = ({ logs }) => logs;
const order = ({ id }) => id;
const cursor = (_, rows) => rows[rows.length - 1].id;

/** Short enough to be a word in a row, and enough of it to tell traces apart. */
export const shortId = id => id.slice(0, 7);

export function LogsPage({ query }) {
  const resource = query.get('resource') ?? '';
  const level = query.get('level') ?? '';
  const text = query.get('text') ?? '';
  const trace = query.get('trace') ?? '';
  const span = query.get('span') ?? '';
  const selected = query.get('log');
  const { logs: version } = useStore(versions);
  const hold = useHold();
  const feed = useFeed({ path: address('/api/logs', { resource, level, text, trace, span }), version, isHeld: hold.isHeld, pick, order, cursor });
  const isFiltered = Boolean(resource || level || text || trace || span);
  const choose = id => open({ log: String(id) === selected ? null : id });

  return html`
    <div class="page">
      <div class="page-main">
        <div class="page-head">
          <h1>Structured logs</h1>
          <div class="tools">
            <${SearchField} label="Filter logs" placeholder="Message, category or attribute" value=${text} onChange=${next => filter({ text: next })} />
            <${SenderSelect} value=${resource} others=${feed.rows.map(each => each.resource)} onChange=${next => filter({ resource: next })} />
            <${Select} label="Least level" value=${level} options=${[['', 'All levels'], ...levels.slice(1).map(([each, words], at) => [each, at === levels.length - 2 ? words : `${words} and above`])]} onChange=${next => filter({ level: next })} />
            ${trace && html`<button type="button" class="chip" title="Remove this filter" onClick=${() => filter({ trace: null, span: null })}>Trace ${shortId(trace)}${span && ` · span ${shortId(span)}`}<${Icon} name="close" size="12" /><span class="visually-hidden">Remove</span></button>`}
            <span class="tools-end"><${PauseButton} isPaused=${hold.isPaused} what="the list" onChange=${hold.setPaused} /></span>
          </div>
        </div>
        <div class="list-frame" data-stale=${feed.isStale ? '' : null}>
          <${NewOnes} isShown=${feed.hasNew} onClick=${hold.toTop}>New logs<//>
          ${feed.rows.length > 0
            ? html`
              <div class="table-scroll" tabindex="0" role="group" aria-label="Table of structured logs" ref=${hold.scroller} onScroll=${hold.onScroll}>
                <table class="figures list logs">
                  <thead>
                    <tr><th scope="col" class="col-resource">Resource</th><th scope="col" class="col-level">Level</th><th scope="col" class="col-time">Time</th><th scope="col" class="col-message">Message</th><th scope="col" class="col-trace">Trace</th></tr>
                  </thead>
                  <tbody>
                    ${feed.rows.map(log => html`<${Row} key=${log.id} log=${log} search=${text} isSelected=${String(log.id) === selected} choose=${choose} />`)}
                  </tbody>
                </table>
                <${More} feed=${feed} total=${feed.data?.total ?? 0} what="logs" />
              </div>`
            : feed.problem
              ? html`<${Fault} problem=${feed.problem} retry=${feed.reload} />`
              : !feed.data
                ? html`<${Loading} what="logs" />`
                : isFiltered
                  ? html`<${Empty} title="No log is like that" icon="search"><a href="/structuredlogs">Show all logs</a><//>`
                  : html`<${Empty} title="No logs yet" icon="logs">They appear as soon as a resource writes one through <code>ILogger</code> with OpenTelemetry. What it writes to its console is under <a href="/consolelogs">Console</a>.<//>`}
        </div>
      </div>
      ${selected && html`<${LogDetails} id=${selected} onClose=${() => open({ log: null })} />`}
    </div>`;
}

/** A log never changes: its row is drawn again only when it is chosen or searched otherwise. */
class Row extends Component {
  shouldComponentUpdate({ log, search, isSelected }) {
    return log.id !== this.props.log.id || search !== this.props.search || isSelected !== this.props.isSelected;
  }

  render({ log, search, isSelected, choose }) {
    const { id, at, resource, level, category, message, trace, span, hasException } = log;

    return html`
      <tr class=${isSelected ? 'selected' : ''} data-level=${level} onClick=${event => event.target.closest('a, button') ?? choose(id)}>
        <td class="col-resource"><${ResourceName} name=${resource} /></td>
        <td class="col-level"><${LevelMark} level=${level} /></td>
        <td class="col-time"><${Moment} at=${at} exact /></td>
        <th scope="row" class="col-message">
          <button type="button" class="row-button clip" aria-expanded=${String(isSelected)} onClick=${() => choose(id)} title=${category}>
            ${hasException && html`<span class="bad inline-mark"><${Icon} name="warning" size="13" /><span class="visually-hidden">With an exception: </span></span>`}
            <${Highlight} text=${message || '(no message)'} search=${search} />
          </button>
          <div class="narrow-only small quiet row-note"><${ResourceName} name=${resource} /><${LevelMark} level=${level} /><${Moment} at=${at} exact /></div>
        </th>
        <td class="col-trace">${trace && html`<a href=${address(`/traces/${trace}`, { span })} title="Open its trace"><code>${shortId(trace)}</code></a>`}</td>
      </tr>`;
  }
}

