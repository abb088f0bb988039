/** The page of what applications may see: each a row, with the way to take it back. It decides nothing. */
import { list, longDate, recentDay } from '@gatehouse/words/dates.ts';
import { html } from 'hono/html';
import { accountCorner } from '../pages/account-corner.ts';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import { paths } from './account.paths.ts';
import { wordsIn } from './applications.words.ts';
import { hiddenFields } from './form.ts';

/** What one application may see and do. */
export type ApplicationAccess = {
  readonly clientId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly keptBack: readonly string[];
  readonly sinceMs: number;
  readonly remembersUntilMs: number | undefined;
  readonly isLasting: boolean;
};

export type ApplicationsPage = {
  readonly navigation: Html;
  readonly username: string;
  readonly applications: readonly ApplicationAccess[];
  readonly nowMs: number;
  readonly isWithdrawn: boolean;
};

/** Said by a line of its own. */
const unspoken: ReadonlySet<string> = new Set(['offline_access', 'offline']);

export function applicationsPage(look: Look, page: ApplicationsPage): Html {
  const words = wordsIn(look.say);
  const { applications } = page;
  return layout(look, {
    title: words.title,
    frame: 'column',
    corner: accountCorner(look, page.username),
    navigation: page.navigation,
    body: html`<section class="panel">
${heading(words.heading, words.sub)}
<div class="stack stack-loose">
${page.isWithdrawn ? notice({ kind: 'good', text: words.withdrawn }) : ''}
${
  applications.length === 0
    ? html`<p class="small quiet">${words.none}</p>`
    : html`<ul class="rows">${applications.map((each) => row(look, each, page.nowMs))}</ul><p class="small quiet">${words.withdrawWhat}</p>`
}
</div>
</section>`,
  });
}

function row({ say }: Look, access: ApplicationAccess, nowMs: number): Html {
  const words = wordsIn(say);
  const { language } = say;
  const until = access.remembersUntilMs;
  const seen = access.scopes
    .filter((scope) => !unspoken.has(scope))
    .map((scope) => (Object.hasOwn(words.scopes, scope) ? (words.scopes[scope] ?? scope) : scope));
  const lines = [
    `${words.since(recentDay(language, access.sinceMs, nowMs))}, ${until === undefined ? words.asks : words.until(longDate(language, until))}`,
    ...(seen.length > 0 ? [words.sees(list(language, seen))] : []),
    ...(access.keptBack.length > 0 ? [words.keptBack(list(language, access.keptBack))] : []),
    ...(access.audiences.length > 0 ? [words.acts(list(language, access.audiences))] : []),
    ...(access.isLasting ? [words.lasting] : []),
  ];
  return html`<li><div class="grow"><b>${access.name}</b>${lines.map((line) => html`<p class="sub">${line}</p>`)}</div>
<form method="post" action="${paths.withdraw}">${hiddenFields({ client: access.clientId })}<button class="button button-quiet button-small" aria-label="${words.withdrawNamed(access.name)}">${words.withdraw}</button></form></li>`;
}
