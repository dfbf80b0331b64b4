import { html, useEffect, useRef, useState } from '../lib/preact/standalone.module.js';
import { count, number } from '../format.js';
import { host } from '../live.js';
import { address, filter, navigate } from '../router.js';
import { useStore } from '../store.js';
import { Icon } from '../parts/icon.js';
import { findResource, hasConsole, StateMark } from '../parts/resource.js';
import { Empty } from '../parts/states.js';
import { PauseButton, SearchField, Select, Toggle } from '../parts/toolbar.js';
import { followConsole } from './console-stream.js';
import { ConsoleView } from './console-view.js';

const noView = { lines: 0, waiting: 0, isFollowing: true, matches: 0, current: -1 };

export function ConsolePage({ id, query }) {
  const { resources } = useStore(host);
  const resource = id ? findResource(resources, id) : null;
  const options = resources.filter(each => hasConsole(each) || each === resource);
  const kept = Object.fromEntries(query);
  const choose = next => navigate(address(next ? `/consolelogs/${encodeURIComponent(next)}` : '/consolelogs', { ...kept, text: null }));

  return html`
    <div class="page">
      <div class="page-main">
        <div class="page-head">
          <h1>Console logs</h1>
          <${Select} label="Resource" value=${resource?.id ?? ''} options=${[...(resource ? [] : [['', 'Choose a resource']]), ...options.map(each => [each.id, each.failed ? `${each.displayName} (failed)` : each.displayName])]} onChange=${choose} />
          ${resource && html`<${StateMark} resource=${resource} />`}
        </div>
        ${resource
          ? html`<${Console} key=${resource.id} resource=${resource} query=${query} />`
          : html`
            <${Empty} title=${id ? `There is no resource “${id}”` : 'Choose a resource'} icon="console">
              <p>Its console is shown from the start, as far as it is kept, and goes on live.</p>
              <ul class="choices">${options.map(each => html`<li key=${each.id}><a class="button" href=${`/consolelogs/${encodeURIComponent(each.id)}`}>${each.displayName}</a></li>`)}</ul>
            <//>`}
      </div>
    </div>`;
}

function Console({ resource, query }) {
  const { id, displayName, failed, reason } = resource;
  const text = query.get('text') ?? '';
  const hasTimes = query.get('times') === 'true';
  const isWrapped = query.get('wrap') !== 'false';
  const scroller = useRef(null);
  const view = useRef(null);
  const [state, setState] = useState(noView);
  const [isPaused, setPaused] = useState(false);
  const [connection, setConnection] = useState('connecting');

  useEffect(() => {
    view.current = new ConsoleView(scroller.current, setState);
    view.current.show({ isWrapped, hasTimes });
    view.current.search(text);
    const end = followConsole(id, view.current, setConnection);
    return () => {
      end();
      view.current.dispose();
    };
  }, [id]);

  useEffect(() => view.current.show({ isWrapped, hasTimes }), [isWrapped, hasTimes]);
  useEffect(() => view.current.search(text), [text]);
  useEffect(() => view.current.pause(isPaused), [isPaused]);

  const onKeyDown = event => {
    if (event.key === 'Enter' && event.target.value === text) {
      view.current.step(event.shiftKey ? -1 : 1);
    }
  };

  return html`
    <div class="tools console-tools">
      <${SearchField} label="Search the console" value=${text} onChange=${next => filter({ text: next })} onKeyDown=${onKeyDown} />
      ${text && html`
        <span class="matches" role="status">${state.matches === 0 ? 'Not found' : state.current < 0 ? count(state.matches, 'match', 'matches') : `${number(state.current + 1)} of ${number(state.matches)}`}</span>
        <button type="button" class="tool square" aria-label="Previous match" title="Previous (Shift+Enter)" disabled=${state.matches === 0} onClick=${() => view.current.step(-1)}><${Icon} name="up" size="14" /></button>
        <button type="button" class="tool square" aria-label="Next match" title="Next (Enter)" disabled=${state.matches === 0} onClick=${() => view.current.step(1)}><${Icon} name="down" size="14" /></button>`}
      <span class="tools-end">
        <${Toggle} isOn=${hasTimes} icon="clock" label="Timestamps" onChange=${isOn => filter({ times: isOn })}><span class="wide-only">Timestamps</span><//>
        <${Toggle} isOn=${isWrapped} icon="wrap" label="Wrap long lines" onChange=${isOn => filter({ wrap: isOn ? null : 'false' })}><span class="wide-only">Wrap</span><//>
        <a class="tool" href=${`/api/console/${encodeURIComponent(id)}/download`} download title="Download"><${Icon} name="download" size="14" /><span class="wide-only">Download</span><span class="visually-hidden">the console of ${displayName}</span></a>
        <${PauseButton} isPaused=${isPaused} what="the console" onChange=${setPaused} />
      </span>
    </div>
    ${failed && reason && html`<p class="console-reason bad"><${Icon} name="cross" size="14" /> ${reason}</p>`}
    <div class="console-frame">
      <div class="console" ref=${scroller} tabindex="0" role="region" aria-label=${`Console of ${displayName}`}></div>
      ${state.lines === 0 && html`
        <div class="console-empty"><p class="quiet">${connection === 'away' ? 'The host does not answer.' : connection === 'connecting' ? 'Connecting …' : `${displayName} has written nothing yet.`}</p></div>`}
      ${!state.isFollowing && state.lines > 0 && html`
        <button type="button" class="button primary to-end" onClick=${() => view.current.follow()}><${Icon} name="down" size="14" />Follow the end</button>`}
    </div>
    <p class="console-foot quiet small" role="status">
      ${count(state.lines, 'line')}${isPaused ? `, paused: ${number(state.waiting)} new` : ''}${connection === 'away' ? ', not connected: what you see is from before' : ''}
    </p>`;
}
