import { html, useEffect, useRef, useState } from '../lib/preact/standalone.module.js';
import { post } from '../api.js';
import { number } from '../format.js';
import { Icon } from './icon.js';
import { useLoad } from './use-load.js';

const openEveryMs = 2000;
const closedEveryMs = 20000;

const kinds = [
  ['logs', 'Structured logs', ({ logs }) => ({ ...logs, limitWords: number(logs.limit) })],
  ['traces', 'Traces', ({ traces }) => ({ ...traces, limitWords: number(traces.limit) })],
  ['spans', 'Spans', ({ spans }) => ({ ...spans, limitWords: `${number(spans.limitPerTrace)} per trace` })],
  ['metrics', 'Metric points', ({ metrics }) => ({ ...metrics, limitWords: `${number(metrics.limitPerResource)} per resource` })],
];

const rejections = [
  ['unauthorized', 'without the API key'],
  ['malformed', 'malformed'],
  ['tooLarge', 'too large'],
];

const clearable = [['logs', 'Clear logs'], ['traces', 'Clear traces'], ['metrics', 'Clear metrics']];

/** What the dashboard holds and what it let go: it keeps everything in memory, and so not for ever. */
export function Status() {
  const [isOpen, setOpen] = useState(false);
  const [outcome, setOutcome] = useState('');
  const { data, problem, reload } = useLoad('/api/status', 0, { everyMs: isOpen ? openEveryMs : closedEveryMs });
  const box = useRef(null);
  const button = useRef(null);

  useEffect(() => {
    if (!isOpen) {
      return;
    }

    reload();

    const onKey = event => {
      if (event.key === 'Escape') {
        event.preventDefault();
        setOpen(false);
        button.current.focus();
      }
    };

    const onPress = event => {
      if (!box.current.contains(event.target)) {
        setOpen(false);
      }
    };

    // Before the details pane, which Esc would close as well.
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('pointerdown', onPress);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('pointerdown', onPress);
    };
  }, [isOpen]);

  const clear = async (what, words) => {
    try {
      await post(`/api/clear?what=${what}`);
      setOutcome(`${words}: done.`);
      reload();
    } catch (fault) {
      setOutcome(fault.message);
    }
  };

  const rejected = data ? rejections.reduce((sum, [key]) => sum + data.rejected[key], 0) : 0;

  return html`
    <div class="status" ref=${box}>
      <button type="button" class="tool" ref=${button} aria-expanded=${String(isOpen)} aria-haspopup="dialog" title="What is kept, and what was not" onClick=${() => setOpen(!isOpen)}>
        <${Icon} name="kept" size="14" /><span class="wide-only">Kept</span>
        ${rejected > 0 && html`<span class="bad"><${Icon} name="warning" size="13" /><span class="visually-hidden">${number(rejected)} rejected</span></span>`}
      </button>
      ${isOpen && html`
        <div class="popover" role="dialog" aria-label="What is kept">
          <h2>What is kept</h2>
          <p class="quiet">In the host's memory, for as long as it runs. Beyond the limits the oldest make way.</p>
          ${problem && html`<p class="bad" role="alert">${problem.message}</p>`}
          ${data && html`
            <table class="figures">
              <thead><tr><th scope="col">Kind</th><th scope="col" class="number">Kept</th><th scope="col" class="number">Limit</th><th scope="col" class="number">Dropped</th></tr></thead>
              <tbody>
                ${kinds.map(([key, words, read]) => {
                  const { kept, limitWords, dropped } = read(data);
                  return html`
                    <tr key=${key}>
                      <th scope="row">${words}</th>
                      <td class="number">${number(kept)}</td>
                      <td class="number quiet">${limitWords}</td>
                      <td class="number">${number(dropped)}</td>
                    </tr>`;
                })}
              </tbody>
            </table>
            <p>Received ${number(data.received.logs)} logs, ${number(data.received.spans)} spans and ${number(data.received.points)} points.</p>
            <p class=${rejected > 0 ? 'bad' : 'quiet'}>
              ${rejected === 0
                ? 'Nothing was rejected.'
                : `Rejected: ${rejections.filter(([key]) => data.rejected[key] > 0).map(([key, words]) => `${number(data.rejected[key])} ${words}`).join(', ')}.`}
            </p>`}
          <div class="popover-actions">
            ${clearable.map(([what, words]) => html`<button key=${what} type="button" class="button" onClick=${() => clear(what, words)}>${words}</button>`)}
          </div>
          <p class="outcome" role="status">${outcome}</p>
        </div>`}
    </div>`;
}
