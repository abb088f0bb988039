/** The step of someone who needs a second factor and has none: says so, and leads to where one is set up. */
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { stepsBar } from '../pages/steps-bar.ts';
import { wordsIn } from './sign-in.words.ts';

export type EnrolPage = {
  readonly steps: number;
  readonly username: string;
  readonly destination?: string;
  readonly enrolAddress: string;
  readonly anotherAddress: string;
};

export function enrolPage(look: Look, page: EnrolPage): Html {
  const words = wordsIn(look.say).enrol;
  return layout(look, {
    title: words.title,
    body: html`${stepsBar(look, 2, page.steps)}
${heading(words.heading)}
<div class="stack">
<p>${page.destination ? words.asks(html`<b>${page.destination}</b>`) : words.portal}</p>
<p>${words.what}</p>
<a class="button" href="${page.enrolAddress}">${words.way}</a>
</div>
<p class="after">${words.not(page.username)} <a href="${page.anotherAddress}">${words.another}</a></p>`,
  });
}
