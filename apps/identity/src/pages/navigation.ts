/** The line of pages that belong together, one of them being here. It knows no pages by name. */
import { html } from 'hono/html';
import type { Html } from './look.ts';

export type Place = { readonly name: string; readonly label: string; readonly href: string };

/** `here` is the name of the page that shows it. */
export function navigation(label: string, places: readonly Place[], here: string): Html {
  return html`<nav class="places" aria-label="${label}"><ul>${places.map(
    ({ name, label: text, href }) =>
      html`<li><a href="${href}"${name === here ? html` aria-current="page"` : ''}>${text}</a></li>`,
  )}</ul></nav>`;
}
