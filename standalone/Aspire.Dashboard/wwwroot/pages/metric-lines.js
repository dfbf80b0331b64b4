// An instrument's answer as lines for the chart and columns for the table.

import { axisMoment } from '../format.js';

const percentiles = [['p50', 'dotted'], ['p90', 'dashed'], ['p99', 'solid']];
const palette = 8;

/** A series is called by what tells it from the others. */
function nameOf({ attributes }, all) {
  const telling = attributes.filter(({ key, value }) => all.some(other => other.attributes.find(each => each.key === key)?.value !== value));
  const shown = telling.length > 0 ? telling : attributes;
  return shown.map(({ value }) => value || '(empty)').join(' · ') || 'All';
}

/** All that it is known by, for whoever wants to know which value is of what. */
const fullName = ({ attributes }) => attributes.map(({ key, value }) => `${key} = ${value}`).join('\n');

/** Lines are { key, name, title, colour, dash, values }. */
export function linesOf({ shows, series }, show) {
  return series.flatMap((each, index) => {
    const colour = `--series-${index % palette + 1}`;
    const name = nameOf(each, series);
    const title = fullName(each);
    const key = each.attributes.map(attribute => `${attribute.key}=${attribute.value}`).join('\n');

    // There are more series than colours: those that share one differ in the line.
    const dash = ['solid', 'dashed', 'dotted'][Math.floor(index / palette) % 3];

    if (shows !== 'percentiles') {
      return [{ key, name, title, colour, dash, values: each.values }];
    }

    if (show === 'counts') {
      return [{ key, name, title, colour, dash, values: each.counts }];
    }

    return percentiles
      .filter(([percentile]) => show === 'percentiles' || show === percentile)
      .map(([percentile, line], at) => ({
        key: `${key}\n${percentile}`,
        name: show !== 'percentiles' ? name : series.length > 1 ? `${name} ${percentile}` : percentile,
        title,
        colour: series.length > 1 ? colour : `--series-${at + 1}`,
        dash: show === 'percentiles' && series.length > 1 ? line : dash,
        values: each.percentiles[percentile],
      }));
  });
}

/** The newest first. */
export const figuresOf = (times, lines) => times
  .map((at, index) => ({ at, time: axisMoment(at), values: lines.map(({ values }) => values[index]) }))
  .filter(({ values }) => values.some(value => value !== null))
  .reverse();
