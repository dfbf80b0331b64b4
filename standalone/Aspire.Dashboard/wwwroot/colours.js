// A resource has one colour everywhere, and the same one tomorrow.

import { host } from './live.js';

/** As many as app.css has of --series-n: more would not be told apart. */
const palette = 8;

const taken = new Map();
let known = null;

/** Which of the palette's colours the name has, from 1. */
export function colourIndex(name) {
  learn();

  if (!taken.has(name)) {
    take(name);
  }

  return taken.get(name);
}

export const colourOf = name => `var(--series-${colourIndex(name)})`;

/** Those that the host runs choose first, in the order of their names: whatever order telemetry arrives in, they keep their colours. */
function learn() {
  const resources = host.get()?.resources;

  if (!resources || resources === known) {
    return;
  }

  known = resources;
  const senders = resources.filter(({ telemetry }) => telemetry).map(({ telemetry }) => telemetry);
  const names = [...new Set(senders)].sort();

  for (const name of [...names, ...resources.map(each => each.name).sort()]) {
    if (!taken.has(name)) {
      take(name);
    }
  }
}

function take(name) {
  const used = new Set(taken.values());
  const first = hash(name) % palette;

  for (let step = 0; step < palette; step++) {
    const index = (first + step) % palette + 1;

    if (!used.has(index)) {
      taken.set(name, index);
      return;
    }
  }

  taken.set(name, first + 1);
}

/** FNV-1a. */
function hash(text) {
  let value = 0x811c9dc5;

  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }

  return value;
}
