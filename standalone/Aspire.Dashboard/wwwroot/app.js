import { html, render, useEffect, useErrorBoundary, useRef, useState } from './lib/preact/standalone.module.js';
import { get, takeReturn } from './api.js';
import { connection, host, start } from './live.js';
import { navigate, route } from './router.js';
import { useStore } from './store.js';
import { Icon } from './parts/icon.js';
import { Fault, Loading } from './parts/states.js';
import { Status } from './parts/status.js';
import { ThemeChoice } from './parts/theme-choice.js';
import { ConsolePage } from './pages/console.js';
import { LogsPage } from './pages/logs.js';
import { MetricsPage } from './pages/metrics.js';
import { ResourcesPage } from './pages/resources.js';
import { TracePage } from './pages/trace.js';
import { TracesPage } from './pages/traces.js';

const graceMs = 1000;

const pages = [
  { pattern: /^\/$/, name: 'Resources', icon: 'resources', to: '/', page: ResourcesPage },
  { pattern: /^\/consolelogs(?:\/(?<id>[^/]+))?$/, name: 'Console', icon: 'console', to: '/consolelogs', page: ConsolePage },
  { pattern: /^\/structuredlogs$/, name: 'Structured', icon: 'logs', to: '/structuredlogs', page: LogsPage },
  { pattern: /^\/traces$/, name: 'Traces', icon: 'traces', to: '/traces', page: TracesPage },
  { pattern: /^\/traces\/(?<id>[^/]+)$/, name: 'Traces', page: TracePage },
  { pattern: /^\/metrics(?:\/(?<resource>[^/]+))?$/, name: 'Metrics', icon: 'metrics', to: '/metrics', page: MetricsPage },
];

function find(path) {
  for (const each of pages) {
    const match = each.pattern.exec(path);

    if (match) {
      const values = Object.entries(match.groups ?? {}).map(([key, value]) => [key, value === undefined ? null : decodeURIComponent(value)]);
      return { ...each, values: Object.fromEntries(values) };
    }
  }

  return null;
}

function App() {
  const { path, query } = useStore(route);
  const known = useStore(host);
  const [problem, setProblem] = useState(null);
  const main = useRef(null);
  const found = find(path);
  const application = known?.application ?? '';

  // The stream brings the resources as well; whichever is here first.
  const load = () => {
    setProblem(null);
    get('/api/resources').then(answer => host.get() ?? host.set(answer), setProblem);
  };

  useEffect(load, []);

  useEffect(() => {
    document.title = [found?.name, application, 'Dashboard'].filter(Boolean).join(' · ');
  }, [found?.name, application]);

  const failed = known?.resources.filter(resource => resource.failed) ?? [];

  return html`
    <a class="skip-link" href="#main" onClick=${event => { event.preventDefault(); main.current.focus(); }}>To the content</a>
    <header class="masthead">
      <a class="brand" href="/"><img src="/favicon.svg" alt="" width="24" height="24" /><span>${application || 'Dashboard'}</span></a>
      <div class="masthead-end"><${ConnectionMark} /><${Status} /><${ThemeChoice} /></div>
    </header>
    <nav class="menu" aria-label="Pages">
      <ul>
        ${pages.filter(({ to }) => to).map(({ name, icon, to }) => html`
          <li key=${to}>
            <a href=${to} aria-current=${found?.name === name ? 'page' : null}>
              <${Icon} name=${icon} size="20" /><span>${name}</span>
              ${to === '/' && failed.length > 0 && html`<span class="badge" title=${failed.map(({ displayName }) => displayName).join(', ')}>${failed.length}<span class="visually-hidden"> failed</span></span>`}
            </a>
          </li>`)}
      </ul>
    </nav>
    <main id="main" tabindex="-1" ref=${main}>
      ${!found
        ? html`<div class="message"><h1>There is no such page</h1><p class="quiet"><a href="/">To the resources</a></p></div>`
        : known
          ? html`<${Guard} key=${found.pattern.source}><${found.page} query=${query} ...${found.values} /><//>`
          : problem
            ? html`<${Fault} problem=${problem} retry=${load} />`
            : html`<${Loading} what="the host's resources" />`}
    </main>
    <${FailureNotices} resources=${known?.resources} />
    <${ConnectionNotice} />`;
}

/** A fault of one page must not take the others with it. */
function Guard({ children }) {
  const [fault, reset] = useErrorBoundary(error => console.error(error));
  return fault ? html`<${Fault} problem=${fault} retry=${reset} />` : children;
}

const connectionWords = { live: 'Live', away: 'Offline', connecting: 'Connecting' };

function ConnectionMark() {
  const state = useStore(connection);
  return html`<span class="live-mark" data-live-state=${state} role="status"><span class="live-dot"></span><span>${connectionWords[state]}</span></span>`;
}

/** A short interruption is not worth a word. */
function ConnectionNotice() {
  const isAway = useStore(connection) === 'away';
  const [isShown, setShown] = useState(false);

  useEffect(() => {
    if (!isAway) {
      setShown(false);
      return;
    }

    const timer = setTimeout(() => setShown(true), graceMs);
    return () => clearTimeout(timer);
  }, [isAway]);

  return html`
    <div class="connection-notice" role="alert" hidden=${!isShown}>
      ${isShown && html`<span class="spinner"></span><p>The host does not answer. What you see is from before; the page goes on by itself when it is back.</p>`}
    </div>`;
}

/** What fails is said on every page, once, with the reason. */
function FailureNotices({ resources }) {
  const [notices, setNotices] = useState([]);
  const before = useRef(null);

  useEffect(() => {
    if (!resources) {
      return;
    }

    const failed = new Set(resources.filter(resource => resource.failed).map(({ id }) => id));

    if (before.current) {
      const fresh = resources.filter(({ id }) => failed.has(id) && !before.current.has(id));
      setNotices(shown => [...shown.filter(({ id }) => failed.has(id) && !fresh.some(each => each.id === id)), ...fresh]);
    }

    before.current = failed;
  }, [resources]);

  const dismiss = id => setNotices(shown => shown.filter(each => each.id !== id));

  return html`
    <div class="notices" role="alert">
      ${notices.map(({ id, displayName, reason, exitCode }) => html`
        <div class="notice" key=${id}>
          <span class="bad"><${Icon} name="cross" size="18" /></span>
          <div class="notice-text">
            <strong>${displayName} failed</strong>
            <p>${reason ?? (exitCode === null ? 'The host does not say why.' : `It ended with code ${exitCode}.`)}</p>
            <p class="notice-links">
              <a href=${`/?resource=${encodeURIComponent(displayName)}`} onClick=${() => dismiss(id)}>Details</a>
              <a href=${`/consolelogs/${encodeURIComponent(id)}`} onClick=${() => dismiss(id)}>Console logs</a>
            </p>
          </div>
          <button type="button" class="tool square" aria-label=${`Dismiss: ${displayName} failed`} onClick=${() => dismiss(id)}><${Icon} name="close" size="14" /></button>
        </div>`)}
    </div>`;
}

const to = location.pathname === '/' && location.search === '' ? takeReturn() : null;

if (to) {
  navigate(to, { replace: true });
}

start();
render(html`<${App} />`, document.getElementById('app'));
