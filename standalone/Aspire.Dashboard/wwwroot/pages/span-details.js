import { html } from '../lib/preact/standalone.module.js';
import { duration, number } from '../format.js';
import { address } from '../router.js';
import { Attributes, Facts, Section } from '../parts/facts.js';
import { Icon } from '../parts/icon.js';
import { LevelMark } from '../parts/level.js';
import { Moment } from '../parts/moment.js';
import { Pane } from '../parts/pane.js';
import { ResourceName } from '../parts/resource.js';

const kindWords = { internal: 'Internal', server: 'Server', client: 'Client', producer: 'Producer', consumer: 'Consumer' };

export function SpanDetails({ trace, span, logs, onClose }) {
  const { id, name, kind, resource, instance, scope, start, duration: took, status, statusMessage, peer, attributes, resourceAttributes, events, links, backlinks } = span;
  const isError = status === 'error';
  const actions = html`
    <a class="tool" href=${address('/structuredlogs', { trace: trace.id, span: id })}><${Icon} name="logs" size="14" />Logs (${number(span.logs)})</a>
    <a class="tool" href=${address('/traces', { resource })}><${Icon} name="traces" size="14" />Traces of ${resource}</a>`;

  return html`
    <${Pane} title=${name} kind=${`${kindWords[kind] ?? kind} span`} onClose=${onClose} actions=${actions}>
      ${isError && html`
        <div class="why" data-tone="bad"><${Icon} name="cross" /><div><strong>Error</strong>${statusMessage && html`<p>${statusMessage}</p>`}</div></div>`}
      <${Section} title="Span">
        <${Facts} label="Span" rows=${[
          ['Resource', html`<${ResourceName} name=${resource} />`],
          ['Duration', duration(took)],
          ['Start', html`${duration(start)} <span class="quiet">after the trace's, <${Moment} at=${trace.start + start} exact /></span>`],
          ['Status', html`<span class="mark ${isError ? 'bad' : status === 'ok' ? 'good' : 'quiet'}"><${Icon} name=${isError ? 'cross' : status === 'ok' ? 'check' : 'dot'} size="14" />${{ error: 'Error', ok: 'Ok', unset: 'Unset' }[status] ?? status}</span>`],
          ['Calls', peer],
          ['Source', scope && html`<code>${scope}</code>`],
          ['Instance', instance && html`<code>${instance}</code>`, instance],
          ['Span id', html`<code>${id}</code>`, id],
        ]} />
      <//>
      <${Attributes} title="Attributes" items=${attributes} />
      ${events.length > 0 && html`
        <${Section} title="Events" count=${events.length}>
          <ul class="reports">
            ${events.map((event, index) => html`
              <li key=${index}>
                <div class="report-head"><strong>${event.name}</strong><span class="quiet small">at ${duration(event.at)}</span></div>
                ${event.attributes.length > 0 && html`<${Facts} label=${`Attributes of ${event.name}`} rows=${event.attributes.map(({ key, value }) => [key, html`<code>${value}</code>`, value])} />`}
              </li>`)}
          </ul>
        <//>`}
      ${links.length > 0 && html`
        <${Section} title="Links" count=${links.length}>
          <ul class="reports">${links.map(link => html`<${LinkItem} key=${`${link.trace}${link.span}`} link=${link} isKnown=${link.known} attributes=${link.attributes} />`)}</ul>
        <//>`}
      ${backlinks.length > 0 && html`
        <${Section} title="Linked from" count=${backlinks.length}>
          <ul class="reports">${backlinks.map(link => html`<${LinkItem} key=${`${link.trace}${link.span}`} link=${link} isKnown />`)}</ul>
        <//>`}
      ${logs.length > 0 && html`
        <${Section} title="Logs" count=${logs.length}>
          <ul class="reports">
            ${logs.map(log => html`
              <li key=${log.id}>
                <div class="report-head"><${LevelMark} level=${log.level} /><span class="quiet small"><${Moment} at=${log.at} exact /></span></div>
                <a href=${address('/structuredlogs', { trace: trace.id, span: id, log: log.id })}>${log.message}</a>
              </li>`)}
          </ul>
        <//>`}
      <${Attributes} title="Resource attributes" items=${resourceAttributes} isClosed />
    <//>`;
}

/** Links lead to the other span, in this trace or in another. */
const LinkItem = ({ link, isKnown, attributes }) => html`
  <li>
    <div class="link-item">
      <${Icon} name="link" size="14" />
      ${isKnown
        ? html`<a href=${address(`/traces/${link.trace}`, { span: link.span })}>${link.resource && html`<${ResourceName} name=${link.resource} />`} ${link.name ?? 'Span'} <code class="small">${link.trace.slice(0, 7)}</code></a>`
        : html`<span class="quiet">Trace <code>${link.trace.slice(0, 7)}</code>, which is not kept</span>`}
    </div>
    ${attributes?.length > 0 && html`<${Facts} label="Attributes of the link" rows=${attributes.map(({ key, value }) => [key, html`<code>${value}</code>`, value])} />`}
  </li>`;
