import { html, useState } from '../lib/preact/standalone.module.js';
import { get } from '../api.js';
import { fullMoment } from '../format.js';
import { CopyButton, Facts, Section } from '../parts/facts.js';
import { Icon } from '../parts/icon.js';
import { Pane } from '../parts/pane.js';
import { HealthMark, Link, StateMark, typeWord } from '../parts/resource.js';

export function ResourceDetails({ resource, actions, onClose }) {
  const { id, name, displayName, type, failed, health, healthReports, exitCode, reason, started, stopped, pid, source, arguments: argumentText, urls, environment, telemetry, parent } = resource;
  const when = at => at === null ? null : html`<time datetime=${new Date(at).toISOString()}>${fullMoment(at)}</time>`;

  return html`
    <${Pane} title=${displayName} kind=${typeWord(type)} onClose=${onClose} actions=${actions}>
      ${(failed || reason) && html`
        <div class="why" data-tone=${failed ? 'bad' : 'quiet'}>
          <${Icon} name=${failed ? 'cross' : 'information'} />
          <div><strong>${failed ? 'Why it failed' : 'Why'}</strong><p>${reason ?? 'The host does not say. Its console logs may.'}</p></div>
        </div>`}
      <${Section} title="Resource">
        <${Facts} label="Resource" rows=${[
          ['State', html`<${StateMark} resource=${resource} />`],
          ['Health', health && html`<${HealthMark} status=${health} />`],
          ['Started', when(started)],
          ['Stopped', when(stopped)],
          ['Exit code', exitCode === null ? null : String(exitCode)],
          ['Process', pid === null ? null : String(pid), pid === null ? null : String(pid)],
          ['Source', source && html`<code>${source}</code>`, source],
          ['Arguments', argumentText && html`<code>${argumentText}</code>`, argumentText],
          ['Name', name === displayName ? null : name],
          ['Id', html`<code>${id}</code>`, id],
          ['Belongs to', parent && html`<a href=${`/?resource=${encodeURIComponent(parent)}`}>${parent}</a>`],
          ['Sends as', telemetry],
        ]} />
      <//>
      ${healthReports.length > 0 && html`
        <${Section} title="Health checks" count=${healthReports.length}>
          <ul class="reports">
            ${healthReports.map(report => html`
              <li key=${report.name}>
                <div class="report-head"><strong>${report.name}</strong><${HealthMark} status=${report.status} /></div>
                ${report.description && html`<p>${report.description}</p>`}
                ${report.error && html`<pre class="stack" tabindex="0">${report.error}</pre>`}
              </li>`)}
          </ul>
        <//>`}
      ${urls.length > 0 && html`
        <${Section} title="Links" count=${urls.length}>
          <${Facts} label="Links" rows=${urls.map((url, index) => [url.name ?? `Link ${index + 1}`, html`<${Link} url=${{ ...url, text: url.url }} />${url.internal && html` <span class="quiet small">internal</span>`}`, url.url])} />
        <//>`}
      ${environment.length > 0 && html`<${Environment} id=${id} environment=${environment} />`}
    <//>`;
}

function Environment({ id, environment }) {
  return html`
    <${Section} title="Environment" count=${environment.length}>
      <table class="facts" aria-label="Environment variables">
        <tbody>
          ${environment.map(variable => html`<${Variable} key=${variable.name} id=${id} variable=${variable} />`)}
        </tbody>
      </table>
    <//>`;
}

/** A secret is not on the page until someone asks for it, and gone from it again when they hide it. */
function Variable({ id, variable: { name, value, secret } }) {
  const [shown, setShown] = useState(null);
  const [problem, setProblem] = useState(null);

  const toggle = async () => {
    setProblem(null);

    if (shown !== null) {
      setShown(null);
      return;
    }

    try {
      setShown((await get(`/api/resources/${encodeURIComponent(id)}/environment/${encodeURIComponent(name)}`)).value);
    } catch (fault) {
      setProblem(fault);
    }
  };

  const isMasked = secret && shown === null;
  const text = secret ? shown : value;

  return html`
    <tr>
      <th scope="row">${name}</th>
      <td>
        <div class="fact">
          <span class="fact-value">
            ${isMasked ? html`<span class="quiet"><span aria-hidden="true">••••••••</span><span class="visually-hidden">hidden</span></span>` : html`<code>${text}</code>`}
            ${problem && html`<span class="bad small" role="alert"> ${problem.message}</span>`}
          </span>
          ${secret && html`
            <button type="button" class="tool square" aria-label=${`${isMasked ? 'Show' : 'Hide'} the value of ${name}`} aria-pressed=${String(!isMasked)} title=${isMasked ? 'Show' : 'Hide'} onClick=${toggle}>
              <${Icon} name=${isMasked ? 'eye' : 'hidden'} size="14" />
            </button>`}
          ${!isMasked && text && html`<${CopyButton} text=${text} what=${name} />`}
        </div>
      </td>
    </tr>`;
}
