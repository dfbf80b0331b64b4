import { html } from '../lib/preact/standalone.module.js';
import { fullMoment } from '../format.js';
import { address } from '../router.js';
import { Attributes, CopyButton, Facts, Section } from '../parts/facts.js';
import { LevelMark } from '../parts/level.js';
import { Pane } from '../parts/pane.js';
import { ResourceName } from '../parts/resource.js';
import { Fault, Loading } from '../parts/states.js';
import { useLoad } from '../parts/use-load.js';

export function LogDetails({ id, onClose }) {
  const { data: log, problem, reload } = useLoad(`/api/logs/${encodeURIComponent(id)}`);

  if (!log) {
    return html`
      <${Pane} title="Log" kind="Structured log" onClose=${onClose}>
        ${problem ? html`<${Fault} problem=${problem} retry=${problem.status === 404 ? null : reload} />` : html`<${Loading} what="the log" />`}
      <//>`;
  }

  const actions = log.trace && html`
    <a class="tool" href=${address(`/traces/${log.trace}`, { span: log.span })}>Its trace</a>
    <a class="tool" href=${address('/structuredlogs', { trace: log.trace })}>Logs of the trace</a>`;

  return html`
    <${Pane} title=${log.event ?? shortCategory(log.category)} kind="Structured log" onClose=${onClose} actions=${actions}>
      <div class="log-message"><p>${log.message}</p><${CopyButton} text=${log.message} what="message" /></div>
      ${log.exception && html`
        <${Section} title="Exception">
          <p class="exception"><strong class="bad">${log.exception.type}</strong> ${log.exception.message}</p>
          ${log.exception.stack && html`<pre class="stack" tabindex="0">${log.exception.stack}</pre>`}
        <//>`}
      <${Section} title="Log">
        <${Facts} label="Log" rows=${[
          ['Level', html`<${LevelMark} level=${log.level} />`],
          ['Time', html`<time datetime=${new Date(log.at).toISOString()}>${fullMoment(log.at)}</time>`],
          ['Resource', html`<${ResourceName} name=${log.resource} />`],
          ['Instance', log.instance && html`<code>${log.instance}</code>`, log.instance],
          ['Category', html`<code>${log.category}</code>`, log.category],
          ['Event', log.event],
          ['Template', log.template && html`<code>${log.template}</code>`, log.template],
          ['Trace', log.trace && html`<a href=${`/traces/${log.trace}`}><code>${log.trace}</code></a>`, log.trace],
          ['Span', log.span && html`<a href=${address(`/traces/${log.trace}`, { span: log.span })}><code>${log.span}</code></a>`, log.span],
        ]} />
      <//>
      <${Attributes} title="Attributes" items=${log.attributes} />
      <${Attributes} title="Scope" items=${log.scopeAttributes} />
      <${Attributes} title="Resource attributes" items=${log.resourceAttributes} isClosed />
    <//>`;
}

/** A class without its namespace. */
const shortCategory = category => category?.split('.').pop() || 'Log';
