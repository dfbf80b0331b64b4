// What is asked of the host.

const unauthorized = 401;
const returnKey = 'return-to';

/** An answer that is not the one hoped for: `code` is stable, the message is for people. */
export class Problem extends Error {
  constructor(code, message, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const get = (path, signal) => ask(path, { signal });

/** The header is what another site's form cannot send. */
export const post = path => ask(path, { method: 'POST', headers: { 'X-Requested-With': 'dashboard' } });

async function ask(path, options) {
  let response;

  try {
    response = await fetch(path, { cache: 'no-store', credentials: 'same-origin', ...options });
  } catch (fault) {
    if (fault.name === 'AbortError') {
      throw fault;
    }

    throw new Problem('away', 'The host does not answer. It may have stopped, or is starting again.', 0);
  }

  if (response.status === unauthorized) {
    signIn();
  }

  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = isJson ? await response.json() : null;

  if (!response.ok) {
    throw new Problem(body?.code ?? 'unknown', body?.detail ?? body?.title ?? `The host answered ${response.status}.`, response.status);
  }

  return body;
}

/** A host that started anew knows no session of before. Afterwards the reader is back where this happened. */
export function signIn() {
  sessionStorage.setItem(returnKey, location.pathname + location.search);
  location.assign('/login');
}

/** Where the reader was before signing in, once. */
export function takeReturn() {
  const to = sessionStorage.getItem(returnKey);
  sessionStorage.removeItem(returnKey);
  return to?.startsWith('/') && !to.startsWith('//') ? to : null;
}
