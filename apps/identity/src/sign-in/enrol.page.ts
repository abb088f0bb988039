/** The step of someone who needs a second factor and has none: says so, and leads to where one is set up. */
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { stepsBar } from '../pages/steps-bar.ts';
import { words as allWords } from './sign-in.words.ts';

export type EnrolPage = {
  readonly steps: number;
  readonly username: string;
  readonly destination?: string;
  readonly enrolAddress: string;
  readonly anotherAddress: string;
};

const words = allWords.enrol;

export function enrolPage(look: Look, page: EnrolPage): Html {
  return layout(look, {
    title: words.title,
    body: html`${stepsBar(2, page.steps)}
${heading(words.heading)}
<div class="stack">
<p>${page.destination ? html`<b>${page.destination}</b> ${words.asks}` : words.portal}</p>
<p>${words.what}</p>
<a class="button" href="${page.enrolAddress}">${words.way}</a>
</div>
<p class="after">${words.not(page.username)} <a href="${page.anotherAddress}">${words.another}</a></p>`,
  });
}
