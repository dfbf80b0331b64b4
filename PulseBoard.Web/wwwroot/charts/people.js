// The bar chart of people. The server sends what changed (ChartDelta); what is shown is kept here.

const series = [
  { name: 'Events', key: 'events', token: '--events' },
  { name: 'Created', key: 'created', token: '--created' },
  { name: 'Completed', key: 'completed', token: '--completed' },
];

const narrowPx = 480;
const labelWidth = { narrow: 104, wide: 176 };
const animationMs = 260;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
const darkTheme = matchMedia('(prefers-color-scheme: dark)');
const numbers = new Intl.NumberFormat('en');
const compactNumbers = new Intl.NumberFormat('en', { notation: 'compact' });

/** Draws an empty chart into the element. The result is what the server calls. */
export async function create(element, libraryUrl) {
  // ECharts' small build is a classic script that announces itself globally; as a module it runs once, too.
  await import(new URL(libraryUrl, document.baseURI));
  return new PeopleChart(element, globalThis.echarts);
}

class PeopleChart {
  #element;
  #chart;
  #users = [];
  #figures = new Map();
  #resizing;
  #changedPreferences = () => this.#applyTheme();

  constructor(element, echarts) {
    this.#element = element;
    this.#chart = echarts.init(element, null, { renderer: 'canvas' });
    this.#chart.on('rendered', () => this.#announce());
    this.#resizing = new ResizeObserver(() => this.resize());
    this.#resizing.observe(element);
    darkTheme.addEventListener('change', this.#changedPreferences);
    reducedMotion.addEventListener('change', this.#changedPreferences);
    this.#applyTheme();
  }

  update({ users, changed }) {
    const before = this.#figures;

    if (users) {
      this.#figures = new Map(users.map(user => [user, before.get(user)]));
      this.#users = users;
    }

    for (const [index, ...figures] of changed) {
      this.#figures.set(this.#users[index], figures);
    }

    const rows = [...this.#figures.values()];
    this.#chart.setOption({
      yAxis: { data: this.#users },
      series: series.map(({ name, key }, index) => ({ id: key, name, data: rows.map(figures => figures[index]) })),
    });
  }

  resize() {
    this.#chart.resize();
    this.#chart.setOption(this.#layout());
  }

  dispose() {
    this.#resizing.disconnect();
    darkTheme.removeEventListener('change', this.#changedPreferences);
    reducedMotion.removeEventListener('change', this.#changedPreferences);
    this.#chart.dispose();
  }

  /** What has been drawn, for tests and for anyone who inspects the page: person to [events, created, completed]. */
  #announce() {
    if (this.#figures.size > 0) {
      this.#element.dataset.chartUsers = JSON.stringify(Object.fromEntries(this.#figures));
    }
  }

  #layout() {
    const width = this.#element.clientWidth < narrowPx ? labelWidth.narrow : labelWidth.wide;
    return {
      grid: { left: width + 12, right: 44, top: 8, bottom: 28 },
      yAxis: { axisLabel: { width, overflow: 'truncate' } },
    };
  }

  #applyTheme() {
    const style = getComputedStyle(document.documentElement);
    const token = name => style.getPropertyValue(name).trim();
    const font = { color: token('--text-quiet'), fontFamily: getComputedStyle(this.#element).fontFamily, fontSize: 12 };
    const { grid, yAxis } = this.#layout();

    this.#chart.setOption({
      animation: !reducedMotion.matches,
      animationDuration: animationMs,
      animationDurationUpdate: animationMs,
      animationEasing: 'cubicOut',
      animationEasingUpdate: 'cubicOut',
      textStyle: font,
      grid,
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow', shadowStyle: { color: token('--hover') } },
        className: 'chart-tip',
        confine: true,
        transitionDuration: reducedMotion.matches ? 0 : 0.1,
        padding: 0,
        borderWidth: 0,
        backgroundColor: 'transparent',
        extraCssText: 'box-shadow: none',
        formatter: tip,
      },
      xAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 4,
        axisLabel: { ...font, formatter: value => compactNumbers.format(value) },
        splitLine: { lineStyle: { color: token('--line') } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: token('--line-strong') } },
        axisLabel: { ...yAxis.axisLabel, ...font, color: token('--text') },
      },
      series: series.map(({ name, key, token: color }, index) => ({
        id: key,
        name,
        type: 'bar',
        barMaxWidth: 9,
        barGap: '12%',
        barCategoryGap: '26%',
        itemStyle: { color: token(color), borderRadius: [0, 2, 2, 0] },
        label: {
          show: index === 0,
          position: 'right',
          ...font,
          fontSize: 11,
          formatter: ({ value }) => compactNumbers.format(value),
        },
      })),
    });
  }
}

/** As elements and not as markup: a person's name is whatever a client sent. */
function tip(items) {
  const list = document.createElement('dl');

  for (const { seriesIndex, value } of items) {
    const name = document.createElement('dt');
    const swatch = document.createElement('span');
    swatch.className = `swatch ${series[seriesIndex].key}`;
    name.append(swatch, series[seriesIndex].name);
    const figure = document.createElement('dd');
    figure.textContent = numbers.format(value);
    list.append(name, figure);
  }

  const title = document.createElement('strong');
  title.textContent = items[0].name;
  const box = document.createElement('div');
  box.append(title, list);
  return box;
}
