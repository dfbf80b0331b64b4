// The charts. The server sends what is to be shown, and then what changed (ChartDelta); what is shown is kept here.

const narrowPx = 480;
const labelWidth = { narrow: 104, wide: 176 };
const animationMs = 260;

// Beyond that many, what is drawn is not told to whoever inspects the page.
const mostToldValues = 400;

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
const darkTheme = matchMedia('(prefers-color-scheme: dark)');
const locale = navigator.language;
const numbers = new Intl.NumberFormat(locale);
const compactNumbers = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });

/** How a bucket is written on the axis, and in full. */
const dateFormats = {
  minute: [{ hour: '2-digit', minute: '2-digit' }, { dateStyle: 'medium', timeStyle: 'short' }],
  hour: [{ hour: '2-digit', minute: '2-digit' }, { dateStyle: 'medium', timeStyle: 'short' }],
  day: [{ day: 'numeric', month: 'short' }, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }],
  week: [{ day: 'numeric', month: 'short' }, { day: 'numeric', month: 'short', year: 'numeric' }],
  month: [{ month: 'short', year: '2-digit' }, { month: 'long', year: 'numeric' }],
};

/** Draws an empty chart into the element. The result is what the server calls. */
export async function create(element, libraryUrl) {
  // ECharts' small build is a classic script that announces itself globally; as a module it runs once, too.
  await import(new URL(libraryUrl, document.baseURI));
  return new Chart(element, globalThis.echarts);
}

class Chart {
  #element;
  #chart;
  #spec;
  #resizing;
  #themes;
  #changedPreferences = () => this.#draw();

  constructor(element, echarts) {
    this.#element = element;
    this.#chart = echarts.init(element, null, { renderer: 'canvas' });
    this.#chart.on('rendered', () => this.#announce());
    this.#resizing = new ResizeObserver(() => this.#resize());
    this.#resizing.observe(element);
    this.#themes = new MutationObserver(this.#changedPreferences);
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    darkTheme.addEventListener('change', this.#changedPreferences);
    reducedMotion.addEventListener('change', this.#changedPreferences);
  }

  update({ spec, changed }) {
    if (spec) {
      this.#spec = spec;
      this.#draw();
      return;
    }

    const series = new Set();
    for (const [index, at, value] of changed) {
      this.#spec.series[index].values[at] = value;
      series.add(index);
    }

    this.#chart.setOption({
      series: [...series].map(index => ({ id: this.#spec.series[index].key, data: this.#spec.series[index].values })),
    });
  }

  dispose() {
    this.#resizing.disconnect();
    this.#themes.disconnect();
    darkTheme.removeEventListener('change', this.#changedPreferences);
    reducedMotion.removeEventListener('change', this.#changedPreferences);
    this.#chart.dispose();
  }

  #resize() {
    this.#chart.resize();
    if (this.#spec) {
      const { grid, categoryLabel } = this.#layout();
      this.#chart.setOption({ grid, [this.#spec.isHorizontal ? 'yAxis' : 'xAxis']: { axisLabel: categoryLabel } });
    }
  }

  /** What has been drawn, for tests and for anyone who inspects the page: series to the values of its categories. */
  #announce() {
    if (!this.#spec) {
      return;
    }

    const { series, categories } = this.#spec;
    if (series.length * categories.length <= mostToldValues) {
      this.#element.dataset.chart = JSON.stringify(Object.fromEntries(
        series.map(({ key, values }) => [key, Object.fromEntries(values.map((value, index) => [categories[index], value]))])));
    } else {
      this.#element.dataset.chart = 'drawn';
    }
  }

  #layout() {
    const { isHorizontal } = this.#spec;
    const width = this.#element.clientWidth < narrowPx ? labelWidth.narrow : labelWidth.wide;
    return isHorizontal
      ? { grid: { left: width + 12, right: 44, top: 8, bottom: 28 }, categoryLabel: { width, overflow: 'truncate' } }
      : { grid: { left: 8, right: 12, top: 12, bottom: 4, containLabel: true }, categoryLabel: { hideOverlap: true } };
  }

  #category(text, full) {
    const { interval, zone } = this.#spec;
    if (!interval) {
      return text;
    }

    return new Intl.DateTimeFormat(locale, { ...dateFormats[interval][full ? 1 : 0], timeZone: zone }).format(new Date(text));
  }

  #value(value) {
    return this.#spec.unit === 'seconds' ? duration(value) : numbers.format(value);
  }

  /** A token as a canvas takes it: the browser says which of its two colours counts. */
  #colour(name) {
    this.#element.style.outlineColor = `var(${name})`;
    return getComputedStyle(this.#element).outlineColor;
  }

  #draw() {
    if (!this.#spec) {
      return;
    }

    const { isHorizontal, categories, series, unit } = this.#spec;
    const token = name => this.#colour(name);
    const font = { color: token('--text-quiet'), fontFamily: getComputedStyle(this.#element).fontFamily, fontSize: 11.5 };
    const { grid, categoryLabel } = this.#layout();
    const stacked = series.some(({ stack }) => stack);

    const categoryAxis = {
      type: 'category',
      data: categories,
      inverse: isHorizontal,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token('--line-strong') } },
      axisLabel: { ...font, ...categoryLabel, color: isHorizontal ? token('--text') : font.color, formatter: text => this.#category(text, false) },
    };
    const valueAxis = {
      type: 'value',
      minInterval: unit === 'seconds' ? 0 : 1,
      splitNumber: 4,
      axisLabel: { ...font, formatter: value => unit === 'seconds' ? duration(value) : compactNumbers.format(value) },
      splitLine: { lineStyle: { color: token('--line') } },
    };

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
        formatter: items => this.#tip(items),
      },
      xAxis: isHorizontal ? valueAxis : categoryAxis,
      yAxis: isHorizontal ? categoryAxis : valueAxis,
      series: series.map(({ key, name, colour, kind, stack, values }, index) => ({
        id: key,
        name,
        data: values,
        stack: stack ?? undefined,
        ...(kind === 'bar'
          ? {
              type: 'bar',
              barMaxWidth: isHorizontal ? 9 : 34,
              barGap: '12%',
              barCategoryGap: '26%',
              itemStyle: { color: token(colour), borderRadius: isHorizontal ? [0, 2, 2, 0] : stacked ? 0 : [2, 2, 0, 0] },
            }
          : {
              type: 'line',
              z: 3,
              symbol: values.length === 1 ? 'circle' : 'none',
              connectNulls: true,
              lineStyle: { color: token(colour), width: kind === 'dashed' ? 1.6 : 2, type: kind === 'dashed' ? [4, 4] : 'solid' },
              itemStyle: { color: token(colour) },
            }),
        label: {
          show: isHorizontal && index === 0,
          position: 'right',
          ...font,
          fontSize: 11,
          formatter: ({ value }) => compactNumbers.format(value),
        },
      })),
    }, { replaceMerge: ['series'] });
  }

  /** As elements and not as markup: a person's name is whatever a client sent. */
  #tip(items) {
    const list = document.createElement('dl');

    for (const { seriesIndex, value } of items) {
      if (value === null || value === undefined) {
        continue;
      }

      const name = document.createElement('dt');
      const swatch = document.createElement('span');
      const { colour, kind, name: title } = this.#spec.series[seriesIndex];
      swatch.className = `swatch ${kind}`;
      swatch.dataset.colour = colour.slice(2);
      name.append(swatch, title);
      const figure = document.createElement('dd');
      figure.textContent = this.#value(value);
      list.append(name, figure);
    }

    const title = document.createElement('strong');
    title.textContent = this.#category(items[0].name, true);
    const box = document.createElement('div');
    box.append(title, list);
    return box;
  }
}

/** In two units at most, as the server writes it. */
function duration(seconds) {
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }

  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const at = units.findIndex(([, size]) => seconds >= size);
  const [[unit, size], [smaller, part]] = [units[at], units[at + 1]];
  const whole = Math.floor(seconds / size);
  const rest = Math.floor((seconds - whole * size) / part);
  return rest > 0 && whole < 10 ? `${whole} ${unit} ${rest} ${smaller}` : `${whole} ${unit}`;
}
