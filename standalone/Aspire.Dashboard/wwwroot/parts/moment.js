import { html } from '../lib/preact/standalone.module.js';
import { fullMoment, moment } from '../format.js';

export const Moment = ({ at, exact }) => at !== null && at !== undefined && html`
  <time datetime=${new Date(at).toISOString()} title=${fullMoment(at)}>${moment(at, { exact })}</time>`;
