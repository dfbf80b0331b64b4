// Numbers and moments, as this browser's reader writes them.

const locale = navigator.language;
const whole = new Intl.NumberFormat(locale);
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const exactClock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(locale, {
  year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, timeZoneName: 'short',
});

export const number = value => whole.format(value);
export const compact = value => short.format(value);
export const figure = value => threeDigits.format(value);

/** "1 span", "2 spans". */
export const count = (value, one, many = `${one}s`) => `${whole.format(value)} ${value === 1 ? one : many}`;

const isToday = date => date.toDateString() === new Date().toDateString();

/** By the clock, and with the day unless it is today. */
export function moment(ms, { exact = false } = {}) {
  const date = new Date(ms);
  const time = (exact ? exactClock : clock).format(date);
  return isToday(date) ? time : `${day.format(date)}, ${time}`;
}

export const fullMoment = ms => full.format(new Date(ms));
export const axisMoment = ms => clock.format(new Date(ms));

const steps = [[86400000, 'd', 3600000, 'h'], [3600000, 'h', 60000, 'min'], [60000, 'min', 1000, 's']];

/** Of milliseconds: three digits of the unit that fits, and two units from a minute on. */
export function duration(ms) {
  const size = Math.abs(ms);

  for (const [unit, name, smaller, part] of steps) {
    if (size >= unit) {
      const rest = Math.floor((size % unit) / smaller);
      return `${whole.format(Math.trunc(ms / unit))} ${name}${rest ? ` ${rest} ${part}` : ''}`;
    }
  }

  return size >= 1000 ? `${threeDigits.format(ms / 1000)} s`
    : size >= 1 ? `${threeDigits.format(ms)} ms`
    : size === 0 ? '0 ms'
    : size >= 0.001 ? `${threeDigits.format(ms * 1000)} µs`
    : `${threeDigits.format(ms * 1000000)} ns`;
}

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

function bytes(value) {
  const power = value === 0 ? 0 : Math.max(0, Math.min(binary.length - 1, Math.floor(Math.log2(Math.abs(value)) / 10)));
  return `${threeDigits.format(value / 1024 ** power)} ${binary[power]}`;
}

/** OpenTelemetry's units are those of UCUM; what is in braces only says what is counted. */
export function unitWord(unit) {
  const words = { By: 'bytes', s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds', min: 'minutes', h: 'hours', d: 'days', '1': '', '%': '%' };
  return words[unit] ?? (unit ?? '').replace(/[{}]/g, '');
}

/** What an axis is called whose figures bear their unit themselves, or else the unit. */
export const axisWord = unit => (['s', 'ms', 'us', 'ns', 'min', 'h', 'd'].includes(unit) ? 'duration' : unitWord(unit));

/** A figure of an instrument in its unit; a rate says so. */
export function measure(value, unit, isRate = false) {
  const scale = { s: 1000, ms: 1, us: 0.001, ns: 0.000001, min: 60000, h: 3600000, d: 86400000 }[unit];
  const text = unit === 'By' ? bytes(value)
    : scale && !isRate ? duration(value * scale)
    : unit === '%' ? `${threeDigits.format(value)} %`
    : Math.abs(value) >= 100000 ? short.format(value)
    : threeDigits.format(value);
  return isRate ? `${text}/s` : text;
}
