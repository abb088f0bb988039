/** The overview: who you are, how you sign in, which applications you agreed to. It decides nothing. */
import { longDate } from '@gatehouse/words/dates.ts';
import type { Say } from '@gatehouse/words/say.ts';
import { html } from 'hono/html';
import type { Identity } from '../directory/directory.ts';
import { accountCorner } from '../pages/account-corner.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import type { Method } from '../sign-in/second-factors.ts';
import { wordsIn } from './overview.words.ts';

export type OverviewPage = {
  readonly navigation: Html;
  readonly identity: Identity;
  /** The second factors that the house offers. */
  readonly factors: readonly { readonly method: Method; readonly isOn: boolean }[];
  readonly factorsAddress: string;
  /** Absent where passwords are changed elsewhere. */
  readonly passwordAddress?: string;
  readonly agreements: readonly Agreement[];
};

export type Agreement = { readonly clientId: string; readonly name: string; readonly agreedAtMs: number };

export function overviewPage(look: Look, page: OverviewPage): Html {
  const words = wordsIn(look.say);
  const { identity } = page;
  const name = identity.displayName || identity.username;
  // Whoever has no second factor is shown where to begin.
  const firstStep = page.factors.some(({ isOn }) => isOn) ? undefined : page.factors[0];
  return layout(look, {
    title: words.title,
    frame: 'column',
    navigation: page.navigation,
    corner: accountCorner(look, identity.username),
    body: html`<div class="stack stack-loose">
<header class="application"><div class="initial initial-round" aria-hidden="true">${[...name][0]?.toUpperCase() ?? ''}</div><div><h1>${words.hello(name)}</h1><p class="sub">${words.signedIn(html`<b>${identity.username}</b>`)}</p></div></header>
<section class="panel stack"><h2>${words.steps}</h2><ul class="rows">
${passwordRow(look, page.passwordAddress)}
${page.factors.map((each) => factorRow(look, each, page.factorsAddress, each === firstStep))}
</ul></section>
<section class="panel stack"><h2>${words.applications}</h2>${agreements(look, page)}</section>
<section class="panel stack"><h2>${words.about}</h2><dl class="facts">${facts(look, identity)}</dl></section>
</div>`,
  });
}

function passwordRow({ say }: Look, address: string | undefined): Html {
  const words = wordsIn(say);
  const change = address === undefined ? undefined : { href: address, label: words.change };
  return row(say, { name: words.password, isOn: true, action: change });
}

function factorRow(
  { say }: Look,
  { method, isOn }: OverviewPage['factors'][number],
  href: string,
  isFirstStep: boolean,
): Html {
  const words = wordsIn(say);
  const { name, on, off } = words.factors[method];
  const action = { href, label: isOn ? words.manage : words.setUp, isFirstStep };
  return row(say, { name, hint: isOn ? on : off, isOn, action });
}

type Row = {
  readonly name: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly action: { readonly href: string; readonly label: string; readonly isFirstStep?: boolean } | undefined;
};

function row(say: Say, { name, hint, isOn, action }: Row): Html {
  const words = wordsIn(say);
  return html`<li><div class="grow"><b>${name}${isOn ? html` <span class="state state-on">${words.on}</span>` : ''}</b>${hint === undefined ? '' : html`<span class="small quiet">${hint}</span>`}</div>${
    action
      ? html`<a class="${action.isFirstStep ? 'button button-small' : 'act'}" href="${action.href}" aria-label="${words.actOn(action.label, name)}">${action.label}</a>`
      : ''
  }</li>`;
}

function agreements({ say }: Look, { agreements: all }: OverviewPage): Html {
  const words = wordsIn(say);
  if (all.length === 0) return html`<p class="small quiet">${words.noApplications}</p>`;
  return html`<ul class="rows">${all.map(
    ({ name, agreedAtMs }) =>
      html`<li><div class="initial" aria-hidden="true">${[...name][0]?.toUpperCase() ?? ''}</div><div class="grow"><b>${name}</b><span class="small quiet">${words.since(longDate(say.language, agreedAtMs))}</span></div></li>`,
  )}</ul>`;
}

function facts({ say }: Look, identity: Identity): Html[] {
  const words = wordsIn(say);
  const lines: [string, string][] = [
    [words.name, identity.displayName],
    [words.email, identity.emails[0] ?? ''],
    [words.groups, identity.groups.join(', ')],
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`);
}
