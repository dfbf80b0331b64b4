import { html, useState } from '../lib/preact/standalone.module.js';
import { Icon } from './icon.js';

const copiedMs = 1500;

export function CopyButton({ text, what }) {
  const [isCopied, setCopied] = useState(false);

  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), copiedMs);
  };

  return html`
    <button type="button" class="tool square copy" aria-label=${isCopied ? `Copied ${what}` : `Copy ${what}`} title=${isCopied ? 'Copied' : 'Copy'} onClick=${copy}>
      <${Icon} name=${isCopied ? 'check' : 'copy'} size="14" />
    </button>`;
}

/** A part of a details pane, that can be folded. */
export const Section = ({ title, count, isClosed, children }) => html`
  <details class="section" open=${!isClosed}>
    <summary><h3>${title}${count === undefined ? '' : html` <span class="count">${count}</span>`}</h3></summary>
    ${children}
  </details>`;

/** Names and what they stand for: [name, content, text to copy]. What has no content is left out. */
export const Facts = ({ rows, label }) => html`
  <table class="facts" aria-label=${label}>
    <tbody>
      ${rows.filter(([, content]) => content !== null && content !== undefined && content !== '').map(([name, content, text]) => html`
        <tr key=${name}>
          <th scope="row">${name}</th>
          <td><div class="fact"><span class="fact-value">${content}</span>${text && html`<${CopyButton} text=${text} what=${name} />`}</div></td>
        </tr>`)}
    </tbody>
  </table>`;

/** Attributes as they were sent. Always shown as text, whatever they contain. */
export const Attributes = ({ title, items, isClosed }) => items?.length > 0 && html`
  <${Section} title=${title} count=${items.length} isClosed=${isClosed}>
    <${Facts} label=${title} rows=${items.map(({ key, value }) => [key, html`<code>${value}</code>`, value])} />
  <//>`;
