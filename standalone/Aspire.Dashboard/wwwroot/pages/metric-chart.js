import { html, useEffect, useRef, useState } from '../lib/preact/standalone.module.js';
import { axisMoment, fullMoment } from '../format.js';

const library = '/lib/echarts/echarts.common.min.js';
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
const darkTheme = matchMedia('(prefers-color-scheme: dark)');
const dashes = { solid: 'solid', dashed: [6, 4], dotted: [2, 3] };
const mostInTip = 12;

let loading;

/** ECharts' build is a classic script that announces itself globally. Only this page needs it, and only when there is a chart. */
function load() {
  loading ??= import(library).then(() => globalThis.echarts);
  return loading;
}

/** Lines against time, with a legend that hides and shows them. */
export function MetricChart({ times, lines, write, label, axis }) {
  const place = useRef(null);
  const chart = useRef(null);
  const [hidden, setHidden] = useState(new Set());
  const [problem, setProblem] = useState(null);
  const shown = lines.filter(({ key }) => !hidden.has(key));
  const latest = useRef(null);
  latest.current = () => chart.current && draw(chart.current, place.current, { times, lines: shown, write, axis });

  useEffect(() => {
    let isGone = false;
    const redraw = () => latest.current();
    const resizing = new ResizeObserver(() => chart.current?.resize());
    const themes = new MutationObserver(redraw);

    load().then(echarts => {
      if (!isGone) {
        chart.current = echarts.init(place.current, null, { renderer: 'canvas' });
        redraw();
        resizing.observe(place.current);
        themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
        darkTheme.addEventListener('change', redraw);
      }
    }, setProblem);

    return () => {
      isGone = true;
      resizing.disconnect();
      themes.disconnect();
      darkTheme.removeEventListener('change', redraw);
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => latest.current(), [times, lines, hidden]);

  const toggle = key => setHidden(before => {
    const next = new Set(before);
    next[next.has(key) ? 'delete' : 'add'](key);
    return next;
  });

  return html`
    ${problem && html`<p class="bad" role="alert">The chart cannot be drawn here. The table has the same figures.</p>`}
    <div class="chart" role="img" aria-label=${`${label}. The table has the same figures.`}><div class="chart-canvas" ref=${place}></div></div>
    <ul class="legend" aria-label="Series">
      ${lines.map(({ key, name, title, colour, dash, values }) => html`
        <li key=${key}>
          <button type="button" class="legend-item" title=${title} aria-pressed=${String(!hidden.has(key))} onClick=${() => toggle(key)}>
            <span class="line-sample" data-dash=${dash} style=${{ borderColor: `var(${colour})` }}></span><span>${name}</span><span class="legend-value">${written(values, write)}</span>
          </button>
        </li>`)}
    </ul>`;
}

/** The last one there is. */
function written(values, write) {
  const last = values.findLast(value => value !== null);
  return last === undefined ? '–' : write(last);
}

function draw(chart, element, { times, lines, write, axis }) {
  // A token as a canvas takes it: the browser says which of its two colours counts.
  const token = name => {
    element.style.outlineColor = `var(${name})`;
    return getComputedStyle(element).outlineColor;
  };
  const font = { color: token('--text-quiet'), fontFamily: getComputedStyle(element).fontFamily, fontSize: 11.5 };

  chart.setOption({
    animation: false,
    textStyle: font,
    grid: { left: 8, right: 16, top: 30, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: token('--line-strong') } },
      className: 'chart-tip',
      confine: true,
      transitionDuration: reducedMotion.matches ? 0 : 0.1,
      padding: 0,
      borderWidth: 0,
      backgroundColor: 'transparent',
      extraCssText: 'box-shadow: none',
      formatter: items => tip(items, times, lines, write),
    },
    xAxis: {
      type: 'time',
      min: times[0],
      max: times[times.length - 1],
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token('--line-strong') } },
      axisLabel: { ...font, hideOverlap: true, formatter: at => axisMoment(at) },
    },
    yAxis: {
      type: 'value',
      name: axis,
      nameTextStyle: { ...font, align: 'left' },
      nameGap: 12,
      splitNumber: 4,
      axisLabel: { ...font, formatter: write },
      splitLine: { lineStyle: { color: token('--line') } },
    },
    series: lines.map(({ key, name, colour, dash, values }) => ({
      id: key,
      name,
      type: 'line',
      // A point between two gaps has no line to be seen by.
      symbol: (_, { dataIndex }) => (isAlone(values, dataIndex) ? 'circle' : 'none'),
      symbolSize: 5,
      showAllSymbol: true,
      data: values.map((value, index) => [times[index], value]),
      lineStyle: { color: token(colour), width: 2, type: dashes[dash] },
      itemStyle: { color: token(colour) },
      emphasis: { disabled: true },
    })),
  }, { replaceMerge: ['series'] });
}

const isAlone = (values, index) => values[index] !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;

/** As elements and not as markup: a name is whatever a service sent. */
function tip(items, times, lines, write) {
  const title = document.createElement('strong');
  title.textContent = fullMoment(times[items[0].dataIndex]);
  const list = document.createElement('dl');
  const present = items.filter(({ value }) => value[1] !== null && value[1] !== undefined).sort((a, b) => b.value[1] - a.value[1]);

  for (const { seriesIndex, value } of present.slice(0, mostInTip)) {
    const name = document.createElement('dt');
    const swatch = document.createElement('span');
    swatch.className = 'swatch';
    swatch.style.backgroundColor = `var(${lines[seriesIndex].colour})`;
    name.append(swatch, lines[seriesIndex].name);
    const figure = document.createElement('dd');
    figure.textContent = write(value[1]);
    list.append(name, figure);
  }

  const box = document.createElement('div');
  box.append(title, list);

  if (present.length > mostInTip) {
    const more = document.createElement('p');
    more.textContent = `and ${present.length - mostInTip} more`;
    box.append(more);
  }

  return box;
}
