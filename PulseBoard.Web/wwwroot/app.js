// What the page does without the server: starting Blazor, finding the way back to it, keeping its session, ages that tick, and copying.

const firstRetryMs = 250;
const slowestRetryMs = 2000;
const tickMs = 1000;
const copiedMs = 2000;
const sessionCheckMs = 60000;
const unauthorized = 401;

/** Tries for as long as the page is open: the server may be away for a night. */
Blazor.start({
  circuit: {
    reconnectionOptions: {
      maxRetries: Number.MAX_SAFE_INTEGER,
      retryIntervalMilliseconds: attempt => {
        // A server that is back may no longer know the session, and then refuses for ever.
        checkSession();
        return Math.min(firstRetryMs * 2 ** Math.min(attempt, 10), slowestRetryMs);
      },
    },
  },
});

/** The server is back but no longer knows this page's circuit, as after a restart: only a new page helps. */
const connection = document.getElementById('components-reconnect-modal');
const goneForGood = ['components-reconnect-rejected', 'components-reconnect-resume-failed'];
new MutationObserver(() => {
  if (goneForGood.some(name => connection.classList.contains(name))) {
    location.reload();
  }
}).observe(connection, { attributes: true, attributeFilter: ['class'] });

/** Keeps the session while the page is open, and asks for another sign-in when it has ended, as by a sign-out elsewhere. */
async function checkSession() {
  try {
    const response = await fetch('/session', { cache: 'no-store' });

    if (response.status === unauthorized) {
      location.reload();
    }
  } catch {
    // The server is away, which says nothing about the session.
  }
}

setInterval(checkSession, sessionCheckMs);
document.addEventListener('visibilitychange', () => document.hidden || checkSession());

/** For each element with data-age-ms: the attributes it was rendered with, and when that was on this browser's own clock. */
const rendered = new WeakMap();

/** A moment, by the clock and in the words of this browser. */
const moments = new Intl.DateTimeFormat(navigator.language, { dateStyle: 'medium', timeStyle: 'medium' });
const shortMoments = new Intl.DateTimeFormat(navigator.language, { month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' });
const narrowPage = matchMedia('(max-width: 560px)');

function showTimes() {
  const now = performance.now();

  for (const element of document.querySelectorAll('time[data-moment]')) {
    say(element, (narrowPage.matches ? shortMoments : moments).format(new Date(element.dateTime)));
  }

  for (const element of document.querySelectorAll('time[data-age-ms]')) {
    const key = `${element.dateTime} ${element.dataset.ageMs}`;

    if (rendered.get(element)?.key !== key) {
      rendered.set(element, { key, from: now - Number(element.dataset.ageMs) });
    }

    say(element, ageInWords((now - rendered.get(element).from) / 1000));
  }
}

/** The text node stays the one that Blazor knows; only what it says changes. */
function say(element, words) {
  if (element.firstChild && element.firstChild.nodeValue !== words) {
    element.firstChild.nodeValue = words;
  }
}

function ageInWords(seconds) {
  const units = [['d', 86400], ['h', 3600], ['min', 60]];
  const [unit, size] = units.find(([, size]) => seconds >= size) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

setInterval(showTimes, tickMs);
new MutationObserver(showTimes).observe(document.body, {
  subtree: true, childList: true, attributes: true, attributeFilter: ['data-age-ms', 'datetime'],
});

/** Blazor follows links within a page by scrolling alone, and who skips the menu by the keyboard wants to go on from there. */
document.addEventListener('click', event => {
  if (event.target.closest('.skip-link')) {
    setTimeout(() => document.getElementById('content').focus());
  }
});

/** The zones of the world, which the server need not send. */
document.addEventListener('focusin', event => {
  const list = event.target.getAttribute?.('list') === 'filter-zones' && document.getElementById('filter-zones');

  if (list && !list.firstChild) {
    list.append(...['UTC', ...Intl.supportedValuesOf('timeZone')].map(zone => Object.assign(document.createElement('option'), { value: zone })));
  }
});

/** The other theme than the one that is seen, kept for the next first paint. */
document.addEventListener('click', event => {
  if (!event.target.closest('[data-theme-toggle]')) {
    return;
  }

  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
});

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');

  if (!button) {
    return;
  }

  const source = document.getElementById(button.dataset.copy);
  await copy(source);
  button.dataset.copied = 'true';
  setTimeout(() => delete button.dataset.copied, copiedMs);
});

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return;
  } catch {
    // Browsers lend the clipboard to secure origins only, and may refuse it there: the old command still works.
  }

  getSelection().selectAllChildren(source);
  document.execCommand('copy');
}
