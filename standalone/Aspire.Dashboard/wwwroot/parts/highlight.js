import { html } from '../lib/preact/standalone.module.js';

/** The text with what was searched for marked in it. */
export function Highlight({ text, search }) {
  if (!search) {
    return text;
  }

  const parts = [];
  const wanted = search.toLowerCase();
  const inLower = text.toLowerCase();
  let from = 0;

  for (let at = inLower.indexOf(wanted); at >= 0; at = inLower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), html`<mark>${text.slice(at, at + wanted.length)}</mark>`);
    from = at + wanted.length;
  }

  parts.push(text.slice(from));
  return parts;
}
