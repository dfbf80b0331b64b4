import { html } from '../lib/preact/standalone.module.js';
import { Icon } from './icon.js';

/** From the least to the most severe. */
export const levels = [
  ['trace', 'Trace', 'dot', 'quiet'],
  ['debug', 'Debug', 'dot', 'quiet'],
  ['information', 'Information', 'information', 'calm'],
  ['warning', 'Warning', 'warning', 'busy'],
  ['error', 'Error', 'cross', 'bad'],
  ['critical', 'Critical', 'cross', 'bad strong'],
];

export function LevelMark({ level }) {
  const [, words, icon, tone] = levels.find(([each]) => each === level) ?? [level, level, 'dot', 'quiet'];
  return html`<span class="mark ${tone}"><${Icon} name=${icon} size="15" /><span>${words}</span></span>`;
}
