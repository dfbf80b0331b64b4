import { html } from '../lib/preact/standalone.module.js';
import { number } from '../format.js';
import { Icon } from './icon.js';

/** The end of a list that goes on. */
export const More = ({ feed, total, what }) => html`
  <div class="more">
    <span class="quiet">${number(feed.rows.length)} of ${number(Math.max(total, feed.rows.length))} ${what}</span>
    ${feed.more && feed.rows.length < total && html`
      <button type="button" class="button" disabled=${feed.isLoadingMore} onClick=${feed.more}>${feed.isLoadingMore ? 'Loading …' : 'Load more'}</button>`}
    ${feed.moreProblem && html`<span class="bad" role="alert">${feed.moreProblem.message}</span>`}
  </div>`;

/** Says that the list has moved on while it was held still. */
export const NewOnes = ({ isShown, onClick, children }) => html`
  <div class="new-ones" role="status">
    ${isShown && html`<button type="button" class="button primary" onClick=${onClick}><${Icon} name="newest" size="14" />${children}</button>`}
  </div>`;
