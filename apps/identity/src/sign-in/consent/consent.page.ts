/** The page of the consent step: which application, and the very values it will see. It decides nothing. */
import { html } from 'hono/html';
import { layout } from '../../pages/layout.ts';
import type { Html, Look } from '../../pages/look.ts';
import { notice } from '../../pages/notice.ts';
import { stepsBar } from '../../pages/steps-bar.ts';
import type { ConsentLine } from '../flow.ts';
import { wordsIn } from './consent.words.ts';

export type ConsentPage = {
  readonly action: string;
  readonly steps: number;
  readonly application: { readonly name: string; readonly host: string };
  /** The device that asks, when it is not this browser; a line a fact. */
  readonly device?: readonly { readonly label: string; readonly value: string }[];
  readonly username: string;
  readonly lines: readonly ConsentLine[];
  readonly mayRemember: boolean;
  readonly offlineAccess: boolean;
  readonly services: readonly string[];
  readonly anotherAddress: string;
};

export function consentPage(look: Look, page: ConsentPage): Html {
  const words = wordsIn(look.say);
  const { name, host } = page.application;
  const given = page.lines.filter((line) => !line.optional);
  const optional = page.lines.filter((line) => line.optional);
  return layout(look, {
    title: words.title(name),
    body: html`${stepsBar(look, page.steps, page.steps)}
<div class="stack">
<header class="application"><div class="initial" aria-hidden="true">${[...name][0]?.toUpperCase() ?? ''}</div><div><h1>${name}</h1><p class="sub">${page.device ? words.device.host : host}</p></div></header>
${page.device ? deviceBlock(look, page.device) : ''}
${page.lines.length === 0 ? html`<p class="small">${words.nothing}</p>` : ''}
${
  given.length === 0
    ? ''
    : html`<p class="small">${page.device ? words.device.sees(name) : words.sees}</p>
${factsList(given.map((line) => factOf(look, line)))}`
}
${page.services.length > 0 ? html`<p class="small">${words.services} <b>${page.services.join(', ')}</b></p>` : ''}
${page.offlineAccess ? html`<p class="small quiet">${words.offline}</p>` : ''}
<form method="post" action="${page.action}" class="stack">
<input type="hidden" name="username" value="${page.username}">
${
  optional.length === 0
    ? ''
    : html`<fieldset class="choices"><legend class="small">${given.length === 0 ? words.asks : words.asksToo} ${words.untick}</legend>
<div class="facts">${optional.map((line) => {
        const { label, value } = factOf(look, line);
        return html`<label><input type="checkbox" name="claim" value="${line.claim}" checked><span>${label}</span><b>${value}</b></label>`;
      })}</div></fieldset>`
}
${
  page.mayRemember
    ? html`<label class="check"><input type="checkbox" name="remember" value="true"> ${words.remember}</label>`
    : ''
}
<div class="two"><button class="button button-quiet" type="submit" name="decision" value="deny">${words.deny}</button><button class="button" type="submit" name="decision" value="accept">${words.allow}</button></div>
</form>
</div>
<p class="after">${words.signedInAs(html`<b>${page.username}</b>`)}. <a href="${page.anotherAddress}">${words.another}</a></p>`,
  });
}

function deviceBlock(look: Look, facts: NonNullable<ConsentPage['device']>): Html {
  const words = wordsIn(look.say);
  return html`${notice({ kind: 'plain', text: words.device.warning })}
<p class="small">${words.device.asks}</p>
${factsList(facts)}`;
}

/** A claim that is not the standard's own has no other name than the configuration gives it. */
function factOf({ say }: Look, { claim, value }: ConsentLine): { readonly label: string; readonly value: string } {
  const words = wordsIn(say);
  const label = Object.hasOwn(words.claims, claim) ? words.claims[claim] : undefined;
  return { label: label ?? claim, value: typeof value === 'boolean' ? (value ? words.yes : words.no) : value };
}

function factsList(facts: readonly { readonly label: string; readonly value: string }[]): Html {
  return html`<dl class="facts">${facts.map((fact) => html`<div><dt>${fact.label}</dt><dd>${fact.value}</dd></div>`)}</dl>`;
}
