/** The pages for the phone of an account: the part of the list, and choosing the device. They know no requests. */
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import type { DuoDevice } from '../sign-in/push/duo-api.ts';
import { deviceChoices } from '../sign-in/push/push.page.ts';
import type { PushChoice } from '../sign-in/push/push.store.ts';
import { wordsIn as stepWordsIn } from '../sign-in/push/push.words.ts';
import { type Intent, paths, pathWith, returnField } from './account.paths.ts';
import { usage } from './days.ts';
import { hiddenFields } from './form.ts';
import { wordsIn } from './push.words.ts';

/** `choice` undefined: they have chosen no device yet. */
export function pushPart(
  { say }: Look,
  choice: PushChoice | undefined,
  nowMs: number,
  returnTo: Intent['returnTo'],
): Html {
  const words = wordsIn(say);
  const said = stepWordsIn(say).devices;
  const address = pathWith(paths.push, { [returnField]: returnTo });
  return html`<section class="panel stack">
<div><h2>${words.heading}</h2><p class="small quiet">${words.about}</p></div>
${
  choice
    ? html`<ul class="rows"><li><div class="grow"><b>${words.chosen(choice.name, said.method[choice.method])}</b><span class="small quiet">${usage(say, { createdAtMs: choice.chosenAtMs, lastUsedAtMs: choice.lastUsedAtMs }, nowMs)}</span></div></li></ul>
<div class="two stack"><a class="button button-quiet" href="${address}">${words.change}</a><form class="stack" method="post" action="${paths.forgetPush}">${hiddenFields({ [returnField]: returnTo })}<button class="button button-danger" aria-label="${words.removeNamed(words.remove, words.heading)}">${words.remove}</button></form></div>`
    : html`<a class="button button-quiet" href="${address}">${words.choose}</a>`
}
</section>`;
}

/** Asks once more, after the proof. */
export function forgetPushPage(look: Look, returnTo: Intent['returnTo']): Html {
  const { forget, forgetting } = wordsIn(look.say);
  return layout(look, {
    title: forgetting.title,
    body: html`${heading(forgetting.heading)}
<form class="stack" method="post" action="${paths.forgetPush}">${hiddenFields({ [returnField]: returnTo })}
<p>${forgetting.what}</p>
<button class="button button-danger">${forget}</button>
<a class="button button-quiet" href="${paths.twoFactor}">${forgetting.keep}</a>
</form>`,
  });
}

export function choosePushPage(
  look: Look,
  page: {
    readonly devices: readonly DuoDevice[];
    readonly chosen: PushChoice | undefined;
    readonly returnTo: Intent['returnTo'];
  },
): Html {
  const { returnTo } = page;
  const said = stepWordsIn(look.say).devices;
  return layout(look, {
    title: said.title,
    body: html`${heading(said.title, said.sub)}
<form class="stack" method="post" action="${paths.push}">${hiddenFields({ [returnField]: returnTo })}
${deviceChoices(look, page.devices, page.chosen)}
<button class="button">${said.choose}</button>
</form>
<p class="after"><a href="${pathWith(paths.twoFactor, { [returnField]: returnTo })}">${said.back}</a></p>`,
  });
}

export function pushUnknownPage(
  look: Look,
  page: { readonly enrolUrl: string | undefined; readonly returnTo: Intent['returnTo'] },
): Html {
  const { enrol } = wordsIn(look.say);
  const { enrolUrl, returnTo } = page;
  const again = pathWith(paths.push, { [returnField]: returnTo });
  return layout(look, {
    title: enrol.title,
    body: html`${heading(enrol.title)}
<div class="stack"><p>${enrol.what} ${enrolUrl ? enrol.after : enrol.ask}</p>
${enrolUrl ? html`<a class="button" href="${enrolUrl}" rel="noreferrer" target="_blank">${enrol.go}</a>` : ''}
<a class="button${enrolUrl ? ' button-quiet' : ''}" href="${again}">${enrol.again}</a></div>
<p class="after"><a href="${pathWith(paths.twoFactor, { [returnField]: returnTo })}">${enrol.back}</a></p>`,
  });
}
