/** The bar on top of a step: how far there is to go. Colour is not alone, a screen reader hears "Step 2 of 3". */
import { html } from 'hono/html';
import type { Html } from './look.ts';
import { words } from './words.ts';

/** `done` counts the step on the page. */
export function stepsBar(done: number, all: number): Html {
  const items = Array.from({ length: all }, (_, index) => (index < done ? html`<i class="done"></i>` : html`<i></i>`));
  return html`<div class="steps" role="img" aria-label="${words.steps(done, all)}">${items}</div>`;
}
