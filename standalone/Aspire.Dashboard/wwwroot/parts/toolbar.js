// What stands above a page's list.

import { html, useEffect, useRef, useState } from '../lib/preact/standalone.module.js';
import { Icon } from './icon.js';

const typingMs = 250;

/** A search is asked for once the reader stops to type. */
export function SearchField({ label, value, onChange, placeholder = label, ...rest }) {
  const [text, setText] = useState(value);
  const timer = useRef(0);
  const told = useRef(value);

  useEffect(() => {
    // The address changed otherwise than by typing, as by "back".
    if (value !== told.current) {
      told.current = value;
      setText(value);
    }
  }, [value]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const tell = next => {
    clearTimeout(timer.current);
    told.current = next;
    onChange(next);
  };

  const onInput = event => {
    const next = event.target.value;
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(next), next === '' ? 0 : typingMs);
  };

  const onKeyDown = event => {
    if (event.key === 'Enter') {
      tell(text);
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      setText('');
      tell('');
    }

    rest.onKeyDown?.(event);
  };

  return html`
    <label class="search">
      <${Icon} name="search" size="14" />
      <span class="visually-hidden">${label}</span>
      <input type="search" class="control" value=${text} placeholder=${placeholder} autocomplete="off" spellcheck=${false} ...${rest} onInput=${onInput} onKeyDown=${onKeyDown} />
    </label>`;
}

/** Options are [value, words]. */
export const Select = ({ label, value, options, onChange, isLabelled = false }) => html`
  <label class="field">
    <span class=${isLabelled ? '' : 'visually-hidden'}>${label}</span>
    <select class="control" value=${value} onChange=${event => onChange(event.target.value)}>
      ${options.map(([each, words]) => html`<option key=${each} value=${each} selected=${each === value}>${words}</option>`)}
    </select>
  </label>`;

export const Toggle = ({ isOn, onChange, icon, children, label, title }) => html`
  <button type="button" class="tool" aria-pressed=${String(Boolean(isOn))} aria-label=${label} title=${title ?? label} onClick=${() => onChange(!isOn)}>
    ${icon && html`<${Icon} name=${icon} size="14" />`}${children}
  </button>`;

export const PauseButton = ({ isPaused, onChange, what }) => html`
  <button type="button" class="tool" aria-label=${isPaused ? `Resume ${what}` : `Pause ${what}`} title=${isPaused ? `Resume ${what}` : `Pause ${what}`} onClick=${() => onChange(!isPaused)}>
    <${Icon} name=${isPaused ? 'start' : 'pause'} size="14" /><span class="wide-only">${isPaused ? 'Resume' : 'Pause'}</span>
  </button>`;
