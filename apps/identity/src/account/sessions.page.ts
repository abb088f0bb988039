/** The page of a person's sessions: each a row, with what helps to recognise it. It decides nothing. */
import { html } from 'hono/html';
import { accountCorner } from '../pages/account-corner.ts';
import { agoInWords } from '../pages/ago.ts';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import { programInWords } from '../pages/program.ts';
import type { LivingSession } from '../session/administer.ts';
import { paths } from './account.paths.ts';
import { hiddenFields } from './form.ts';
import { wordsIn } from './sessions.words.ts';

export type SessionsPage = {
  readonly navigation: Html;
  readonly username: string;
  readonly sessions: readonly LivingSession[];
  /** The session that this page is shown to. */
  readonly here: { readonly id: string; readonly cookieDomain: string };
  readonly nowMs: number;
  /** Absent where passwords are changed elsewhere. */
  readonly passwordAddress: string | undefined;
  readonly notice: keyof ReturnType<typeof wordsIn>['notices'] | undefined;
};

export function sessionsPage(look: Look, page: SessionsPage): Html {
  const words = wordsIn(look.say);
  const here = page.sessions.filter(({ id }) => id === page.here.id);
  const others = page.sessions.filter(({ id }) => id !== page.here.id);
  return layout(look, {
    title: words.title,
    frame: 'column',
    corner: accountCorner(look, page.username),
    navigation: page.navigation,
    body: html`<section class="panel">
${heading(words.heading, words.sub)}
<div class="stack stack-loose">
${page.notice ? notice({ kind: page.notice === 'gone' ? 'plain' : 'good', text: words.notices[page.notice] }) : ''}
<ul class="rows">${[...here, ...others].map((session) => row(look, session, page))}</ul>
${
  others.length === 0
    ? onlyHere(words.only, page)
    : html`<form class="stack" method="post" action="${paths.endOthers}"><button class="button button-danger">${words.endOthers}</button><p class="small quiet">${words.endOthersWhat}</p></form>`
}
</div>
${page.passwordAddress && others.length > 0 ? html`<p class="after">${words.odd((text) => html`<a href="${page.passwordAddress}">${text}</a>`)}</p>` : ''}
</section>`,
  });
}

/** Not where the notice has just said the same. */
function onlyHere(text: string, { notice: said }: SessionsPage): Html {
  return said === 'others' ? '' : html`<p class="small quiet">${text}</p>`;
}

function row({ say }: Look, session: LivingSession, { here, nowMs }: SessionsPage): Html {
  const words = wordsIn(say);
  const { id, origin, cookieDomain } = session;
  const browser = origin ? programInWords(say, origin.userAgent) : words.unknown;
  const facts = [
    ...(origin ? [words.from(origin.network)] : []),
    ...(cookieDomain === here.cookieDomain ? [] : [words.at(cookieDomain)]),
    words.began(agoInWords(say, session.createdAtMs, nowMs)),
    words.active(agoInWords(say, session.lastActivityMs, nowMs)),
  ];
  const end =
    id === here.id
      ? html`<span class="state state-on">${words.here}</span>`
      : html`<form method="post" action="${paths.endSession}">${hiddenFields({ session: id })}<button class="button button-quiet button-small" aria-label="${words.endNamed(browser)}">${words.end}</button></form>`;
  return html`<li><div class="grow"><b>${browser}</b><span class="small quiet">${facts.join(', ')}</span></div>${end}</li>`;
}
