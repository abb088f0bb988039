/** The list of second factors, and what follows a change to them. It knows no requests. */
import { html } from 'hono/html';
import { accountCorner } from '../pages/account-corner.ts';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import type { PushChoice } from '../sign-in/push/push.store.ts';
import type { RecoveryState } from '../sign-in/recovery/recovery.ts';
import type { Method } from '../sign-in/second-factors.ts';
import type { TotpDescription } from '../sign-in/totp/totp.store.ts';
import type { SecurityKey } from '../sign-in/webauthn/webauthn.store.ts';
import { type Intent, intentFields, paths, returnField } from './account.paths.ts';
import { usage } from './days.ts';
import { hiddenFields } from './form.ts';
import { addKeyForm, keyRows, preferForm } from './key.page.ts';
import { wordsIn as keyWordsIn } from './key.words.ts';
import { pushPart } from './push.page.ts';
import { wordsIn as pushWordsIn } from './push.words.ts';
import { recoveryOffer, recoveryPart } from './recovery.page.ts';
import { wordsIn } from './words.ts';

export type TwoFactorPage = {
  readonly navigation: Html;
  readonly username: string;
  /** What the configuration leaves on. */
  readonly offered: readonly Method[];
  /** What they have, the preferred one first. */
  readonly has: readonly Method[];
  readonly keys: readonly SecurityKey[];
  /** Undefined: not set up. */
  readonly totp: TotpDescription | undefined;
  /** Undefined: no device is chosen. */
  readonly push: PushChoice | undefined;
  /** Undefined: none were made. */
  readonly recovery: RecoveryState | undefined;
  readonly nowMs: number;
  readonly returnTo: Intent['returnTo'];
  /** Name of a notice; others say nothing. */
  readonly notice: string | undefined;
};

export function twoFactorPage(look: Look, page: TwoFactorPage): Html {
  const { offered, returnTo } = page;
  const { settings, notices: ownNotices } = wordsIn(look.say);
  const notices: Readonly<Record<string, string>> = {
    ...ownNotices,
    ...keyWordsIn(look.say).notices,
    ...pushWordsIn(look.say).notices,
  };
  const said = page.notice !== undefined && Object.hasOwn(notices, page.notice) ? notices[page.notice] : undefined;
  const stopped = returnTo !== undefined && page.has.length === 0;
  return layout(look, {
    title: settings.title,
    frame: 'column',
    navigation: page.navigation,
    corner: accountCorner(look, page.username),
    body: html`<div class="stack stack-loose">
<section class="panel">
${heading(settings.heading, settings.sub)}
<div class="stack stack-loose">
${said === undefined ? '' : notice({ kind: page.notice === 'gone' ? 'plain' : 'good', text: said })}
${stopped ? notice({ kind: 'plain', text: settings.stopped }) : ''}
${offered.includes('totp') ? codePart(look, page) : ''}
</div></section>
${offered.includes('webauthn') ? keyPart(look, page) : ''}
${offered.includes('mobile_push') ? pushPart(look, page.push, page.nowMs, returnTo) : ''}
${page.has.length > 0 ? recoveryPart(look, page.recovery, page.nowMs, returnTo) : ''}
${page.has.length > 1 ? html`<section class="panel">${preferForm(look, page.has, returnTo)}</section>` : ''}
<p class="small">${returnTo !== undefined ? html`<a href="${returnTo}">${settings.back}</a>` : html`<a href="/">${settings.overview}</a>`}</p>
</div>`,
  });
}

function codePart({ say }: Look, { totp, nowMs, returnTo }: TwoFactorPage): Html {
  const { settings } = wordsIn(say);
  return html`<ul class="rows"><li>
<div class="grow"><b>${settings.totp}</b><span class="small quiet">${totp ? usage(say, totp, nowMs) : settings.totpAbout}</span></div>
<span class="state${totp ? ' state-on' : ''}">${totp ? settings.on : settings.off}</span>
</li></ul>
${
  totp
    ? html`<div class="two">${intentForm({ action: 'add', returnTo }, settings.replace, 'button-quiet')}${intentForm({ action: 'remove', returnTo }, settings.remove, 'button-danger')}</div>`
    : intentForm({ action: 'add', returnTo }, settings.add, '')
}`;
}

function keyPart(look: Look, { keys, nowMs, returnTo }: TwoFactorPage): Html {
  const { list } = keyWordsIn(look.say);
  return html`<section class="panel stack">
<div><h2>${list.heading}</h2><p class="small quiet">${list.about}</p></div>
${keys.length > 0 ? html`<ul class="rows">${keyRows(look, keys, nowMs, returnTo)}</ul>` : ''}
${addKeyForm(look, returnTo)}
</section>`;
}

type DoneWords = { readonly title: string; readonly heading: string; readonly sub: string; readonly go: string };

/** `recovery`: what they have of recovery codes; the moment to make some is now. */
export function donePage(
  look: Look,
  done: DoneWords,
  { recovery, returnTo }: Pick<TwoFactorPage, 'recovery' | 'returnTo'>,
): Html {
  return layout(look, {
    title: done.title,
    body: html`${heading(done.heading, done.sub)}
<div class="stack"><a class="button" href="${returnTo ?? paths.twoFactor}">${done.go}</a></div>
${recovery ? '' : recoveryOffer(look, returnTo)}`,
  });
}

export function removePage(look: Look, returnTo: Intent['returnTo']): Html {
  const { remove } = wordsIn(look.say);
  return layout(look, {
    title: remove.title,
    body: html`${heading(remove.heading)}
<form class="stack" method="post" action="${paths.remove}">${hiddenFields({ [returnField]: returnTo })}
<p>${remove.what}</p>
<button class="button button-danger">${remove.go}</button>
<a class="button button-quiet" href="${paths.twoFactor}">${remove.keep}</a>
</form>`,
  });
}

/** A button that begins something; a post, because mails are sent and keys are made. */
function intentForm(intent: Intent, label: string, look: string): Html {
  return html`<form class="stack" method="post" action="${paths.oneTimeCode}">${hiddenFields(intentFields(intent))}<button class="button ${look}">${label}</button></form>`;
}
