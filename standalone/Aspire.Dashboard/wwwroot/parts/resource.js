// How a resource, its state and its health are shown, on every page alike.

import { html } from '../lib/preact/standalone.module.js';
import { colourOf } from '../colours.js';
import { host } from '../live.js';
import { useStore } from '../store.js';
import { Icon } from './icon.js';
import { Select } from './toolbar.js';

export const Swatch = ({ name }) => html`<span class="swatch" style=${{ backgroundColor: colourOf(name) }}></span>`;

export const ResourceName = ({ name }) => html`<span class="resource-name"><${Swatch} name=${name} /><span>${name}</span></span>`;

const states = {
  Running: ['good', 'check', 'Running'],
  Starting: ['busy', 'clock', 'Starting'],
  Waiting: ['busy', 'clock', 'Waiting'],
  Stopping: ['busy', 'clock', 'Stopping'],
  Exited: ['quiet', 'stopped', 'Exited'],
  Finished: ['quiet', 'check', 'Finished'],
  FailedToStart: ['bad', 'cross', 'Failed to start'],
  NotStarted: ['quiet', 'dot', 'Not started'],
};

/** In words. */
export const stateWord = state => states[state]?.[2] ?? state;

export function StateMark({ resource }) {
  const { state, failed, exitCode } = resource;
  const [tone, icon, words] = states[state] ?? ['quiet', 'dot', state];
  const code = exitCode !== null && exitCode !== undefined && exitCode !== 0 ? ` (code ${exitCode})` : '';
  return html`<span class="mark ${failed ? 'bad' : tone}"><${Icon} name=${failed ? 'cross' : icon} size="15" />${words}${code}</span>`;
}

const healths = { Healthy: ['good', 'check'], Degraded: ['busy', 'warning'], Unhealthy: ['bad', 'cross'] };

export function HealthMark({ status }) {
  const [tone, icon] = healths[status] ?? ['quiet', 'clock'];
  return html`<span class="mark ${tone}"><${Icon} name=${icon} size="15" />${status ?? 'Not checked yet'}</span>`;
}

const kinds = { Project: 'project', Container: 'container', Executable: 'executable', Parameter: 'parameter' };

export const typeIcon = type => kinds[type] ?? (/database/i.test(type) ? 'database' : /postgres|redis|rabbit|sql|mongo|server/i.test(type) ? 'container' : 'executable');

/** The type as people say it: "PostgresDatabaseResource" is a "Postgres database". */
export function typeWord(type) {
  const words = type.replace(/Resource$/, '').replace(/([a-z])([A-Z])|([A-Z]+)([A-Z][a-z])/g, '$1$3 $2$4').replace('Rabbit MQ', 'RabbitMQ').split(' ');
  return [words[0], ...words.slice(1).map(word => (/^[A-Z][a-z]+$/.test(word) ? word.toLowerCase() : word))].join(' ');
}

/** A parameter runs nowhere, and a database within its server: neither has a console. */
export const hasConsole = ({ type, parent }) => type !== 'Parameter' && !(parent && /database/i.test(type));

/** Finds by id or name; an address from before the host's last start has another suffix in the id. */
export function findResource(resources, key) {
  return resources.find(({ id }) => id === key)
    ?? resources.find(({ name, displayName }) => displayName === key || name === key)
    ?? resources.find(({ displayName }) => displayName === key?.replace(/-[a-z0-9]{8}$/, ''));
}

/** Names under which telemetry comes: the host's own resources, and whoever else has sent. */
export function useSenders(others = []) {
  const resources = useStore(host)?.resources ?? [];
  const names = new Set([...resources.map(({ telemetry }) => telemetry), ...others].filter(Boolean));
  return [...names].sort((a, b) => a.localeCompare(b));
}

export function SenderSelect({ value, others, onChange, isRequired }) {
  const senders = useSenders([...(others ?? []), value]);
  const options = senders.map(name => [name, name]);
  return html`<${Select} label="Resource" value=${value ?? ''} options=${isRequired ? options : [['', 'All resources'], ...options]} onChange=${onChange} />`;
}

/** A link to a web page opens it; an address that no browser speaks is only text. */
export const Link = ({ url: { url, text, name } }) => /^https?:/i.test(url)
  ? html`<a class="url" href=${url} target="_blank" rel="noopener noreferrer" title=${name ?? url}>${text || url}</a>`
  : html`<span class="url" title=${name ?? url}>${text || url}</span>`;
