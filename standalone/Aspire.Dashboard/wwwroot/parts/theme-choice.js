import { html, useState } from '../lib/preact/standalone.module.js';
import { Icon } from './icon.js';

const themes = ['system', 'light', 'dark'];

export function ThemeChoice() {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? 'system');

  const change = () => {
    const next = themes[(themes.indexOf(theme) + 1) % themes.length];

    if (next === 'system') {
      localStorage.removeItem('theme');
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem('theme', next);
      document.documentElement.dataset.theme = next;
    }

    setTheme(next);
  };

  return html`
    <button type="button" class="tool square" aria-label=${`Theme: ${theme}`} title=${`Theme: ${theme}`} onClick=${change}>
      <${Icon} name=${theme} size="14" />
    </button>`;
}
