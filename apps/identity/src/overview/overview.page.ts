/** The overview: who you are, how you sign in, which applications you agreed to. It decides nothing. */
import { longDate } from '@gatehouse/words/dates.ts';
import { html } from 'hono/html';
import type { Identity } from '../directory/directory.ts';
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
  return layout(look, {
    title: words.title,
    frame: 'column',
    navigation: page.navigation,
    corner: html`<a class="button button-quiet button-small" href="/logout">${words.signOut}</a>`,
    body: html`<div class="stack stack-loose">
<header class="application"><div class="initial initial-round" aria-hidden="true">${[...name][0]?.toUpperCase() ?? ''}</div><div><h1>${words.hello(name)}</h1><p class="sub">${words.signedIn(html`<b>${identity.username}</b>`)}</p></div></header>
<section class="panel stack"><h2>${words.steps}</h2><ul class="rows">
<li><div class="grow"><b>${words.password}</b></div><span class="state state-on">${words.on}</span>${page.passwordAddress ? html`<a class="small" href="${page.passwordAddress}">${words.change}</a>` : ''}</li>
${page.factors.map((each) => factorRow(look, each, page.factorsAddress))}
</ul></section>
<section class="panel stack"><h2>${words.applications}</h2>${agreements(look, page)}</section>
<section class="panel stack"><h2>${words.about}</h2><dl class="facts">${facts(look, identity)}</dl></section>
</div>`,
  });
}

function factorRow({ say }: Look, { method, isOn }: OverviewPage['factors'][number], address: string): Html {
  const words = wordsIn(say);
  const about = words.factors[method];
  const [label, hint] = isOn ? [words.manage, about.on] : [words.setUp, about.off];
  return html`<li><div class="grow"><b>${about.name}</b><span class="small quiet">${hint}</span></div>${
    isOn
      ? html`<span class="state state-on">${words.on}</span><a class="small" href="${address}">${label}</a>`
      : html`<a class="button button-small" href="${address}">${label}</a>`
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
