import { html, useEffect, useRef } from '../lib/preact/standalone.module.js';
import { Icon } from './icon.js';

/** Details at the side of a page. Esc closes it and puts the reader back to where it was opened from. */
export function Pane({ title, kind, onClose, actions, children }) {
  const heading = useRef(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const opener = document.activeElement;
    heading.current.focus({ preventScroll: true });

    const onKey = event => {
      if (event.key === 'Escape' && !event.defaultPrevented) {
        event.preventDefault();
        close.current();
      }
    };

    document.addEventListener('keydown', onKey);

    return () => {
      document.removeEventListener('keydown', onKey);

      if (opener?.isConnected && opener !== document.body) {
        opener.focus({ preventScroll: true });
      }
    };
  }, []);

  return html`
    <aside class="pane" aria-label=${`Details: ${title}`}>
      <header class="pane-head">
        <div class="pane-title">
          <p class="quiet">${kind}</p>
          <h2 tabindex="-1" ref=${heading}>${title}</h2>
        </div>
        <button type="button" class="tool square" aria-label="Close details" title="Close (Esc)" onClick=${onClose}><${Icon} name="close" /></button>
      </header>
      ${actions && html`<div class="pane-actions">${actions}</div>`}
      <div class="pane-body" tabindex="0" role="group" aria-label=${`Details of ${title}`}>${children}</div>
    </aside>`;
}
