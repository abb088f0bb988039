/** The bar on top of a step: how far there is to go. Colour is not alone, a screen reader hears "Step 2 of 3". */
import { html } from 'hono/html';
import type { Html, Look } from './look.ts';
import { wordsIn } from './words.ts';

/** `done` counts the step on the page. */
export function stepsBar({ say }: Pick<Look, 'say'>, done: number, all: number): Html {
  const items = Array.from({ length: all }, (_, index) => (index < done ? html`<i class="done"></i>` : html`<i></i>`));
  return html`<div class="steps" role="img" aria-label="${wordsIn(say).steps(done, all)}">${items}</div>`;
}
