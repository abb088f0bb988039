/** The pages around the mailed code: asking for it, and cancelling it. They know no requests. */
import { html } from 'hono/html';
import { field } from '../pages/field.ts';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import { stepsBar } from '../pages/steps-bar.ts';
import { type Intent, intentFields, paths } from './account.paths.ts';
import { hiddenFields } from './form.ts';
import { wordsIn } from './words.ts';

export type ProofPage = {
  readonly intent: Intent;
  readonly requestId: string;
  /** Shortened, to recognise it by. */
  readonly mailbox: string;
  readonly characters: number;
  readonly failure?: 'wrong' | 'gone';
};

export function proofPage(look: Look, page: ProofPage): Html {
  const { proof } = wordsIn(look.say);
  const { intent, failure } = page;
  return layout(look, {
    title: proof.title,
    body: html`${intent.action === 'add' ? stepsBar(look, 1, 2) : ''}${heading(proof.heading, proof.sub(page.mailbox))}
<div class="stack">
${failure ? notice({ kind: 'danger', text: proof[failure] }) : ''}
<form class="stack" method="post" action="${paths.proof}">
${hiddenFields({ request: page.requestId, ...intentFields(intent) })}
${field({
  name: 'code',
  label: proof.label,
  type: 'text',
  autocomplete: 'one-time-code',
  hint: proof.hint,
  autofocus: true,
  wrong: failure !== undefined,
  lengthMax: page.characters * 2,
})}
<button class="button">${proof.go}</button>
</form>
</div>
<form class="after" method="post" action="${paths.proofAgain}">${hiddenFields(intentFields(intent))}<button class="button-link">${proof.again}</button></form>`,
  });
}

export function revokePage(look: Look, requestId: string): Html {
  const { revoke } = wordsIn(look.say);
  return layout(look, {
    title: revoke.title,
    body: html`${heading(revoke.heading)}
<form class="stack" method="post" action="${paths.revoke}">${hiddenFields({ id: requestId })}
<p>${revoke.what}</p><p class="quiet">${revoke.change}</p>
<button class="button">${revoke.go}</button>
</form>`,
  });
}

/** `passwordAddress`: absent where passwords are changed elsewhere. */
export function revokedPage(look: Look, { passwordAddress }: { readonly passwordAddress: string | undefined }): Html {
  const { revoke, settings } = wordsIn(look.say);
  return layout(look, {
    title: revoke.doneTitle,
    body: html`${heading(revoke.doneHeading)}
<div class="stack"><p>${revoke.doneWhat}</p>
${passwordAddress ? html`<a class="button" href="${passwordAddress}">${revoke.doneGo}</a>` : html`<a class="button button-quiet" href="/">${settings.overview}</a>`}</div>`,
  });
}

/** `alice@example.com` as `a•••e@example.com`: enough to know one's own. */
export function shortenMailbox(address: string): string {
  const at = address.lastIndexOf('@');
  const name = address.slice(0, at);
  return `${name.slice(0, 1)}•••${name.length > 3 ? name.slice(-1) : ''}${address.slice(at)}`;
}
