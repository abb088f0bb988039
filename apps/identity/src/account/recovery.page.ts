/** The pages for recovery codes of an account: the part of the list, making them, and the one time they are shown. */
import { recentDay } from '@gatehouse/words/dates.ts';
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import type { RecoveryState } from '../sign-in/recovery/recovery.ts';
import { type Intent, intentFields, paths, pathWith, returnField } from './account.paths.ts';
import { hiddenFields } from './form.ts';
import { wordsIn } from './recovery.words.ts';

export function recoveryPart(
  { say }: Look,
  state: RecoveryState | undefined,
  nowMs: number,
  returnTo: Intent['returnTo'],
): Html {
  const words = wordsIn(say);
  const row = state
    ? html`<ul class="rows"><li><div class="grow"><b>${words.left(state.left, state.made)}</b><span class="small quiet">${words.madeOn(recentDay(say.language, state.createdAtMs, nowMs))}</span></div></li></ul>`
    : html`<p class="small quiet">${words.none}</p>`;
  return html`<section class="panel stack">
<div><h2>${words.heading}</h2><p class="small quiet">${words.about}</p></div>
${row}
${makeForm(state ? words.remake : words.make, returnTo)}
</section>`;
}

/** For whoever has none, below what they have just set up. */
export function recoveryOffer({ say }: Look, returnTo: Intent['returnTo']): Html {
  const words = wordsIn(say);
  return html`<section class="after stack">
<div><h2>${words.heading}</h2><p>${words.about}</p></div>
${makeForm(words.make, returnTo)}
</section>`;
}

function makeForm(label: string, returnTo: Intent['returnTo']): Html {
  return html`<form class="stack" method="post" action="${paths.recovery}">${hiddenFields(intentFields({ action: 'recovery', returnTo }))}<button class="button button-quiet">${label}</button></form>`;
}

export function makeRecoveryPage(
  look: Look,
  page: { readonly hasSome: boolean; readonly returnTo: Intent['returnTo'] },
): Html {
  const words = wordsIn(look.say);
  const { ask } = words;
  const { returnTo } = page;
  return layout(look, {
    title: words.make,
    body: html`${heading(words.make, ask.sub)}
<form class="stack" method="post" action="${paths.makeRecovery}">${hiddenFields({ [returnField]: returnTo })}
<p>${ask.what}${page.hasSome ? html` ${ask.replaces}` : ''}</p>
<button class="button">${ask.go}</button>
<a class="button button-quiet" href="${pathWith(paths.twoFactor, { [returnField]: returnTo })}">${ask.cancel}</a>
</form>`,
  });
}

export function recoveryCodesPage(
  look: Look,
  page: { readonly codes: readonly string[]; readonly username: string; readonly returnTo: Intent['returnTo'] },
): Html {
  const words = wordsIn(look.say);
  const { shown } = words;
  const { codes, returnTo } = page;
  return layout(look, {
    title: shown.title,
    body: html`${heading(shown.title, shown.sub(page.username))}
<div class="stack">
${notice({ kind: 'plain', text: shown.now })}
<ul class="codes" aria-label="${words.heading}">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<p class="small quiet no-print">${shown.how}</p>
<form class="stack no-print" method="post" action="${paths.keepRecovery}">${hiddenFields({ codes: codes.join(' ') })}<button class="button button-quiet">${shown.save}</button></form>
<a class="button no-print" href="${pathWith(paths.twoFactor, { [returnField]: returnTo })}">${shown.done}</a>
</div>`,
  });
}
