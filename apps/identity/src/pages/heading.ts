/** The one heading of a page and the line under it that says for what. */
import { html } from 'hono/html';
import type { Html } from './look.ts';

export function heading(title: string, sub?: Html | string): Html {
  return html`<header class="head"><h1>${title}</h1>${sub ? html`<p class="sub">${sub}</p>` : ''}</header>`;
}
