/** The mark: a gate. Drawn in the colour of its surroundings, and silent, since the name stands beside it. */
import { html } from 'hono/html';
import type { Html } from './look.ts';

export function markSvg(): Html {
  return html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><path d="M3 21V6h4V3m0 3h3V3h4v3h3V3h4v18"/><path d="M3 21h18M9 21v-5a3 3 0 0 1 6 0v5"/></svg>`;
}
