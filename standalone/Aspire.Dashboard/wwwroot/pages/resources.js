import { html, useMemo, useState } from '../lib/preact/standalone.module.js';
import { post } from '../api.js';
import { colourOf } from '../colours.js';
import { moment } from '../format.js';
import { host } from '../live.js';
import { address, filter, open } from '../router.js';
import { useStore } from '../store.js';
import { Icon } from '../parts/icon.js';
import { Moment } from '../parts/moment.js';
import { findResource, hasConsole, HealthMark, Link, StateMark, stateWord, typeIcon, typeWord } from '../parts/resource.js';
import { Empty } from '../parts/states.js';
import { SearchField, Select } from '../parts/toolbar.js';
import { ResourceDetails } from './resource-details.js';

const failedState = 'failed';

export function ResourcesPage({ query }) {
  const { resources } = useStore(host);
  const text = query.get('text') ?? '';
  const type = query.get('type') ?? '';
  const state = query.get('state') ?? '';
  const selected = query.get('resource') ? findResource(resources, query.get('resource')) : null;
  const [outcome, setOutcome] = useState(null);

  const rows = useMemo(() => nested(resources.filter(resource =>
    (text === '' || searched(resource).includes(text.toLowerCase()))
    && (type === '' || resource.type === type)
    && (state === '' || (state === failedState ? resource.failed : resource.state === state)))), [resources, text, type, state]);

  const run = async (resource, command) => {
    setOutcome({ words: `${resource.displayName}: ${command} …` });

    try {
      await post(`/api/resources/${encodeURIComponent(resource.id)}/commands/${command}`);
      setOutcome({ words: `${resource.displayName}: ${command} done.` });
    } catch (problem) {
      setOutcome({ words: `${resource.displayName}: ${command} did not work. ${problem.message}`, isFault: true });
    }
  };

  const kinds = [...new Set(resources.map(each => each.type))].sort();
  const statesThere = [...new Set(resources.map(each => each.state))].sort();

  return html`
    <div class="page">
      <div class="page-main">
        <div class="page-head">
          <h1>Resources</h1>
          <div class="tools">
            <${SearchField} label="Filter resources" value=${text} onChange=${next => filter({ text: next })} />
            <${Select} label="Type" value=${type} options=${[['', 'All types'], ...kinds.map(each => [each, typeWord(each)])]} onChange=${next => filter({ type: next })} />
            <${Select} label="State" value=${state} options=${[['', 'All states'], [failedState, 'Failed'], ...statesThere.map(each => [each, stateWord(each)])]} onChange=${next => filter({ state: next })} />
          </div>
        </div>
        <p class="outcome" role="status" data-outcome=${outcome?.isFault ? 'fault' : 'done'}>${outcome?.words}</p>
        ${rows.length > 0
          ? html`
            <div class="table-scroll" tabindex="0" role="group" aria-label="Table of resources">
              <table class="figures resources">
                <thead>
                  <tr>
                    <th scope="col" class="col-name">Name</th><th scope="col" class="col-state">State</th><th scope="col" class="col-health">Health</th>
                    <th scope="col" class="col-start">Started</th><th scope="col" class="col-source">Source</th><th scope="col" class="col-urls">Links</th><th scope="col" class="col-actions">Actions</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map(({ resource, depth }) => html`<${Row} key=${resource.id} resource=${resource} depth=${depth} isSelected=${selected?.id === resource.id} run=${run} />`)}
                </tbody>
              </table>
            </div>`
          : resources.length > 0
            ? html`<${Empty} title="No resource is like that" icon="search"><a href="/">Show all ${resources.length}</a><//>`
            : html`<${Empty} title="No resources yet" icon="resources">The host has not told of any. They appear as soon as it starts them.<//>`}
      </div>
      ${selected && html`<${ResourceDetails} key=${selected.id} resource=${selected} actions=${html`<${Commands} resource=${selected} run=${run} isWide />`} onClose=${() => open({ resource: null })} />`}
    </div>`;
}

function Row({ resource, depth, isSelected, run }) {
  const { displayName, type, failed, reason, health, healthReports, started, stopped, source, arguments: argumentText, urls } = resource;
  const choose = () => open({ resource: isSelected ? null : displayName });
  const unhealthy = healthReports.find(({ status }) => status && status !== 'Healthy');

  return html`
    <tr class=${isSelected ? 'selected' : ''} data-failed=${failed ? '' : null} onClick=${event => event.target.closest('a, button') ?? choose()}>
      <th scope="row" class="col-name">
        <div class="resource-cell" style=${{ '--depth': depth }}>
          <span class="type-icon" style=${{ color: colourOf(resource.telemetry ?? resource.name) }}><${Icon} name=${typeIcon(type)} size="18" /></span>
          <div class="resource-words">
            <button type="button" class="row-button" aria-expanded=${String(isSelected)} onClick=${choose}>${displayName}</button>
            <span class="quiet small">${typeWord(type)}</span>
          </div>
        </div>
      </th>
      <td class="col-state"><${StateMark} resource=${resource} />${failed && reason && html`<div class="small bad reason" title=${reason}>${reason}</div>`}</td>
      <td class="col-health">${health && html`<${HealthMark} status=${health} />${unhealthy && html`<div class="small quiet reason" title=${unhealthy.description ?? unhealthy.error}>${unhealthy.description ?? unhealthy.error ?? unhealthy.name}</div>`}`}</td>
      <td class="col-start"><${Moment} at=${started} />${stopped && html`<div class="small quiet">until ${moment(stopped)}</div>`}</td>
      <td class="col-source">${source && html`<span class="clip" title=${[source, argumentText].filter(Boolean).join(' ')}>${sourceWord(source)}${argumentText && html` <span class="quiet">${argumentText}</span>`}</span>`}</td>
      <td class="col-urls">${urls.filter(({ internal }) => !internal).map(each => html`<${Link} key=${each.url} url=${each} />`)}</td>
      <td class="col-actions"><${Commands} resource=${resource} run=${run} /></td>
    </tr>`;
}

/** The last part of a path says what runs; the whole is its title. */
const sourceWord = source => source.split(/[\\/]/).filter(Boolean).pop() ?? source;

const commandWords = { start: 'Start', stop: 'Stop', restart: 'Restart' };

function Commands({ resource, run, isWide }) {
  const { id, displayName, telemetry, commands } = resource;
  const views = [
    ...(hasConsole(resource) ? [['console', 'Console logs', `/consolelogs/${encodeURIComponent(id)}`]] : []),
    ...(telemetry ? [
      ['logs', 'Structured logs', address('/structuredlogs', { resource: telemetry })],
      ['traces', 'Traces', address('/traces', { resource: telemetry })],
      ['metrics', 'Metrics', `/metrics/${encodeURIComponent(telemetry)}`],
    ] : []),
  ];

  return html`
    <div class="actions">
      ${commands.map(command => html`
        <button key=${command} type="button" class="tool ${isWide ? '' : 'square'}" aria-label=${`${commandWords[command] ?? command} ${displayName}`} title=${commandWords[command] ?? command} onClick=${() => run(resource, command)}>
          <${Icon} name=${command} size="14" />${isWide && (commandWords[command] ?? command)}
        </button>`)}
      ${views.map(([icon, words, to]) => html`
        <a key=${icon} class="tool ${isWide ? '' : 'square'}" href=${to} aria-label=${`${words} of ${displayName}`} title=${words}><${Icon} name=${icon} size="14" />${isWide && words}</a>`)}
    </div>`;
}

const searched = ({ displayName, type, state, source, arguments: argumentText, urls }) =>
  [displayName, type, typeWord(type), state, source, argumentText, ...urls.map(({ url }) => url)].filter(Boolean).join('\n').toLowerCase();

/** What belongs to another, as a database to its server, stands below it. */
function nested(resources) {
  const names = new Set(resources.map(({ name }) => name));
  const rows = [];

  const add = (resource, depth) => {
    rows.push({ resource, depth });
    resources.filter(({ parent, id }) => parent === resource.name && id !== resource.id).forEach(child => add(child, depth + 1));
  };

  // Replicas share a name: the children go below the first of them only.
  const done = new Set();

  for (const resource of resources.filter(({ parent }) => !parent || !names.has(parent))) {
    if (done.has(resource.name)) {
      rows.push({ resource, depth: 0 });
    } else {
      done.add(resource.name);
      add(resource, 0);
    }
  }

  return rows;
}
