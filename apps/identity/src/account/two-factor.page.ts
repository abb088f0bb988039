/** The list of second factors, and what follows a change to them. It knows no requests. */
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import type { TotpDescription } from '../sign-in/totp/totp.store.ts';
import { type Intent, intentFields, paths, returnField } from './account.paths.ts';
import { hiddenFields } from './form.ts';
import { words } from './words.ts';

export type TwoFactorPage = {
  readonly username: string;
  /** Undefined: not set up. */
  readonly totp: TotpDescription | undefined;
  readonly nowMs: number;
  readonly returnTo: Intent['returnTo'];
  readonly notice: keyof typeof words.notices | undefined;
};

export function twoFactorPage(look: Look, page: TwoFactorPage): Html {
  const { totp, returnTo } = page;
  const { settings } = words;
  const stopped = returnTo !== undefined && !totp;
  return layout(look, {
    title: settings.title,
    frame: 'column',
    corner: html`<span class="small quiet">${page.username}</span>`,
    body: html`<section class="panel">
${heading(settings.heading, settings.sub)}
<div class="stack stack-loose">
${page.notice ? notice({ kind: page.notice === 'gone' ? 'plain' : 'good', text: words.notices[page.notice] }) : ''}
${stopped ? notice({ kind: 'plain', text: settings.stopped }) : ''}
<ul class="rows"><li>
<div class="grow"><b>${settings.totp}</b><span class="small quiet">${totp ? usage(totp, page.nowMs) : settings.totpAbout}</span></div>
<span class="state${totp ? ' state-on' : ''}">${totp ? settings.on : settings.off}</span>
</li></ul>
${
  totp
    ? html`<div class="two">${intentForm({ action: 'add', returnTo }, settings.replace, 'button-quiet')}${intentForm({ action: 'remove', returnTo }, settings.remove, 'button-danger')}</div>`
    : intentForm({ action: 'add', returnTo }, settings.add, '')
}
</div>
<p class="after">${returnTo !== undefined ? html`<a href="${returnTo}">${settings.back}</a>` : html`<a href="/">${settings.overview}</a>`}</p>
</section>`,
  });
}

export function donePage(look: Look, returnTo: Intent['returnTo']): Html {
  const { done } = words;
  return layout(look, {
    title: done.title,
    body: html`${heading(done.heading, done.sub)}
<div class="stack"><a class="button" href="${returnTo ?? paths.twoFactor}">${done.go}</a></div>`,
  });
}

export function removePage(look: Look, returnTo: Intent['returnTo']): Html {
  const { remove } = words;
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

const dateFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const dayMs = 86_400_000;

function usage(totp: TotpDescription, nowMs: number): string {
  const { settings } = words;
  const used = totp.lastUsedAtMs;
  return `${settings.added(day(totp.createdAtMs, nowMs))}, ${used === undefined ? settings.neverUsed : settings.lastUsed(day(used, nowMs))}`;
}

/** As people say it: today, yesterday, 3 November 2026. */
function day(atMs: number, nowMs: number): string {
  const days = Math.floor(nowMs / dayMs) - Math.floor(atMs / dayMs);
  return days === 0 ? 'today' : days === 1 ? 'yesterday' : dateFormat.format(atMs);
}
