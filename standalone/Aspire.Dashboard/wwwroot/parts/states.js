// What a page says while it has nothing else to show.

import { html, useEffect, useState } from '../lib/preact/standalone.module.js';
import { Icon } from './icon.js';

const patienceMs = 300;

/** Only said to those who wait: an answer is mostly there before anyone could read it. */
export function Loading({ what }) {
  const [isLate, setLate] = useState(false);

  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);

  return html`<div class="message" role="status">${isLate && html`<span class="spinner"></span><p>Loading ${what} …</p>`}</div>`;
}

export const Empty = ({ title, icon = 'information', children }) => html`
  <div class="message">
    <${Icon} name=${icon} size="28" />
    <h2>${title}</h2>
    <div class="quiet">${children}</div>
  </div>`;

export const Fault = ({ problem, retry }) => html`
  <div class="message" role="alert">
    <span class="bad"><${Icon} name="warning" size="28" /></span>
    <h2>That did not work</h2>
    <p class="quiet">${problem.message}</p>
    ${retry && html`<button type="button" class="button" onClick=${retry}>Try again</button>`}
  </div>`;
