/** The pages for security keys of an account: the part of the list, one to add, one to change. They know no requests. */
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import type { Method } from '../sign-in/second-factors.ts';
import { keyForm } from '../sign-in/webauthn/key-form.ts';
import type { SecurityKey } from '../sign-in/webauthn/webauthn.store.ts';
import { type Intent, intentFields, paths, pathWith, returnField } from './account.paths.ts';
import { usage } from './days.ts';
import { choiceField, hiddenFields } from './form.ts';
import { wordsIn } from './key.words.ts';

/** Of the table: longer names would not be kept. */
export const nameCharactersMax = 64;

export function keyRows(
  { say }: Look,
  keys: readonly SecurityKey[],
  nowMs: number,
  returnTo: Intent['returnTo'],
): Html {
  const { list } = wordsIn(say);
  return html`${keys.map(
    (key) => html`<li>
<div class="grow"><b>${key.name}</b><span class="small quiet">${key.cloneWarning ? list.blockedAbout : usage(say, key, nowMs)}</span></div>
${key.cloneWarning ? html`<span class="state">${list.blocked}</span>` : ''}
${intentForm({ action: 'change-key', key: key.id, returnTo }, list.change, 'button-quiet button-small', `${list.change} ${key.name}`)}
</li>`,
  )}`;
}

export function addKeyForm({ say }: Look, returnTo: Intent['returnTo']): Html {
  return intentForm({ action: 'add-key', returnTo }, wordsIn(say).list.add, 'button-quiet');
}

/** Nothing where there is nothing to prefer. The first of `has` is what is preferred now. */
export function preferForm({ say }: Look, has: readonly Method[], returnTo: Intent['returnTo']): Html {
  const { list } = wordsIn(say);
  if (has.length < 2) return '';
  const choices = [...has].sort().map((value) => ({ value, label: list.method[value] }));
  return html`<form class="stack" method="post" action="${paths.preferred}">${hiddenFields({ [returnField]: returnTo })}
${choiceField('method', list.prefer, choices, has[0] ?? '')}
<button class="button button-quiet">${list.save}</button></form>`;
}

export function newKeyPage(
  look: Look,
  page: {
    readonly script: string;
    readonly name: string;
    readonly returnTo: Intent['returnTo'];
    readonly problem?: string;
  },
): Html {
  const { add } = wordsIn(look.say);
  const { name, returnTo } = page;
  return layout(look, {
    title: add.title,
    script: page.script,
    body: html`${heading(add.title, add.sub)}
${keyForm(look, {
  ceremony: 'create',
  action: paths.newKey,
  begin: paths.newKeyBegin,
  auto: false,
  another: false,
  submit: add.submit,
  problem: page.problem,
  fields: html`${hiddenFields({ [returnField]: returnTo })}${nameField(add.label, name, add.hint)}`,
})}
<p class="after"><a href="${pathWith(paths.twoFactor, { [returnField]: returnTo })}">${add.cancel}</a></p>`,
  });
}

export function changeKeyPage(
  look: Look,
  page: { readonly key: SecurityKey; readonly returnTo: Intent['returnTo']; readonly problem?: string },
): Html {
  const { change } = wordsIn(look.say);
  const { key, returnTo } = page;
  const about = hiddenFields({ key: key.id, [returnField]: returnTo });
  return layout(look, {
    title: change.title,
    body: html`${heading(change.title, html`<b>${key.name}</b>`)}
<form class="stack" method="post" action="${paths.renameKey}">
${page.problem ? notice({ kind: 'danger', text: page.problem }) : ''}${about}
${nameField(change.label, key.name)}
<button class="button">${change.rename}</button>
</form>
<form class="stack after" method="post" action="${paths.removeKey}">${about}
<h2>${change.removeHeading}</h2>
<p>${change.removeAbout}</p>
<button class="button button-danger">${change.remove}</button>
</form>
<p class="after"><a href="${pathWith(paths.twoFactor, { [returnField]: returnTo })}">${change.back}</a></p>`,
  });
}

/** A button that begins something; a post, because mails are sent. `said` is what a screen reader hears. */
function intentForm(intent: Intent, label: string, look: string, said = label): Html {
  return html`<form class="stack" method="post" action="${paths.key}">${hiddenFields(intentFields(intent))}<button class="button ${look}"${said === label ? '' : html` aria-label="${said}"`}>${label}</button></form>`;
}

function nameField(label: string, value: string, hint?: string): Html {
  return html`<div class="field"><div class="field-line"><label for="field-name">${label}</label></div>
<input class="input" id="field-name" name="name" type="text" autocomplete="off" required maxlength="${nameCharactersMax}" value="${value}"${hint ? html` aria-describedby="field-name-hint"` : ''}>
${hint ? html`<p class="field-hint" id="field-name-hint">${hint}</p>` : ''}</div>`;
}
