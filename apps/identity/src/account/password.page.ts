/** The pages on which a password is changed by who knows it, or set anew by who has the mail. They know no requests. */
import { html } from 'hono/html';
import { accountCorner } from '../pages/account-corner.ts';
import { field } from '../pages/field.ts';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import { hiddenFields } from './form.ts';
import { wordsIn } from './password.words.ts';
import { passwordCharactersMax } from './password-policy.ts';

type NewPassword = {
  /** What the password needs, as pieces of a sentence. */
  readonly rules: readonly string[];
  /** A sentence about what was wrong. */
  readonly problem?: string;
};

export type ChangePage = NewPassword & {
  readonly navigation: Html;
  readonly action: string;
  readonly username: string;
  readonly wrongField?: 'current' | 'new';
};

export function changePasswordPage(look: Look, page: ChangePage): Html {
  const { change } = wordsIn(look.say);
  return layout(look, {
    title: change.title,
    frame: 'column',
    corner: accountCorner(look, page.username),
    navigation: page.navigation,
    body: html`<section class="panel">${heading(change.heading)}
<form class="stack" method="post" action="${page.action}">
${page.problem ? notice({ kind: 'danger', text: page.problem }) : ''}
${usernameForManagers(page.username)}
${field({
  name: 'password',
  label: change.current,
  type: 'password',
  autocomplete: 'current-password',
  autofocus: page.wrongField !== 'new',
  wrong: page.wrongField === 'current',
})}
${newPasswordFields(look, page, page.wrongField === 'new')}
<label class="check"><input type="checkbox" name="everywhere" value="true" checked> ${change.everywhere}</label>
<button class="button">${change.go}</button>
<a class="button button-quiet" href="/">${change.keep}</a>
</form></section>`,
  });
}

export type BeginPage = { readonly navigation: Html; readonly action: string; readonly username: string };

export function beginPage(look: Look, page: BeginPage): Html {
  const { change } = wordsIn(look.say);
  return layout(look, {
    title: change.title,
    frame: 'column',
    corner: accountCorner(look, page.username),
    navigation: page.navigation,
    body: html`<section class="panel">${heading(change.heading, change.beginSub)}
<form class="stack" method="post" action="${page.action}">
<button class="button" autofocus>${change.beginGo}</button>
<a class="button button-quiet" href="/">${change.keep}</a>
</form></section>`,
  });
}

export function changedPage(look: Look, page: { readonly endedOthers: boolean }): Html {
  const { change } = wordsIn(look.say);
  return layout(look, {
    title: change.doneTitle,
    body: html`${heading(change.doneHeading, change.doneSub)}
<div class="stack">${page.endedOthers ? html`<p>${change.doneElsewhere}</p>` : ''}<a class="button" href="/">${change.doneGo}</a></div>`,
  });
}

export type AskPage = { readonly action: string; readonly mayTypeEmail: boolean; readonly signInPath: string };

export function askForLinkPage(look: Look, page: AskPage): Html {
  const { reset } = wordsIn(look.say);
  return layout(look, {
    title: reset.title,
    body: html`${heading(reset.heading, reset.sub)}
<form class="stack" method="post" action="${page.action}">
${field({
  name: 'username',
  label: page.mayTypeEmail ? reset.nameOrEmail : reset.name,
  type: 'text',
  autocomplete: 'username',
  autofocus: true,
  lengthMax: 256,
})}
<button class="button">${reset.send}</button>
</form>
<p class="after"><a href="${page.signInPath}">${reset.back}</a></p>`,
  });
}

export function linkSentPage(look: Look, page: { readonly signInPath: string }): Html {
  const { reset } = wordsIn(look.say);
  return layout(look, {
    title: reset.sentTitle,
    body: html`${heading(reset.sentHeading)}
<div class="stack"><p>${reset.sentWhat}</p><p class="quiet">${reset.sentTodo}</p>
<a class="button button-quiet" href="${page.signInPath}">${reset.back}</a></div>`,
  });
}

export type NewPasswordPage = NewPassword & {
  readonly action: string;
  readonly token: string;
  readonly username: string;
};

export function newPasswordPage(look: Look, page: NewPasswordPage): Html {
  const { reset } = wordsIn(look.say);
  return layout(look, {
    title: reset.newTitle,
    corner: html`<span class="small quiet">${page.username}</span>`,
    body: html`${heading(reset.newHeading, reset.newSub)}
<form class="stack" method="post" action="${page.action}">
${page.problem ? notice({ kind: 'danger', text: page.problem }) : ''}
${hiddenFields({ token: page.token })}${usernameForManagers(page.username)}
${newPasswordFields(look, page, page.problem !== undefined)}
<button class="button">${reset.go}</button>
</form>`,
  });
}

export function passwordSetPage(look: Look, page: { readonly signInPath: string }): Html {
  const { reset } = wordsIn(look.say);
  return layout(look, {
    title: reset.doneTitle,
    body: html`${heading(reset.doneHeading)}
<div class="stack"><p>${reset.doneWhat}</p><a class="button" href="${page.signInPath}">${reset.doneGo}</a></div>`,
  });
}

export function revokeLinkPage(look: Look, page: { readonly action: string; readonly id: string }): Html {
  const { revoke } = wordsIn(look.say);
  return layout(look, {
    title: revoke.title,
    body: html`${heading(revoke.heading)}
<form class="stack" method="post" action="${page.action}">${hiddenFields({ id: page.id })}
<p>${revoke.what}</p>
<button class="button">${revoke.go}</button>
</form>`,
  });
}

export function linkRevokedPage(look: Look): Html {
  const { revoke } = wordsIn(look.say);
  return layout(look, {
    title: revoke.doneTitle,
    body: html`${heading(revoke.doneHeading)}
<div class="stack"><p>${revoke.doneWhat}</p><a class="button button-quiet" href="/">${revoke.doneGo}</a></div>`,
  });
}

function newPasswordFields(look: Look, { rules }: NewPassword, wrong: boolean): Html {
  const { change } = wordsIn(look.say);
  return html`${field({
    name: 'new',
    label: change.fresh,
    type: 'password',
    autocomplete: 'new-password',
    lengthMax: passwordCharactersMax,
    autofocus: wrong,
    wrong,
    ...(rules.length > 0 && { hint: change.needs(rules.join(', ')) }),
  })}
${field({
  name: 'again',
  label: change.again,
  type: 'password',
  autocomplete: 'new-password',
  lengthMax: passwordCharactersMax,
  wrong,
})}`;
}

/** Tells a password manager whose password changes. */
function usernameForManagers(username: string): Html {
  return html`<input class="hidden" type="text" name="username" value="${username}" autocomplete="username" tabindex="-1" readonly aria-hidden="true">`;
}
