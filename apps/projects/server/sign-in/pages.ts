/**
 * The few pages a person sees before they are in: sign in, signed out, sign out?, and what went wrong. Everything from
 * outside is escaped by the template. Knows no request.
 */
import { marked, type Say } from '@gatehouse/words/say.ts';
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { Explanation } from './failure.ts';

export type Html = ReturnType<typeof html>;

export type Look = {
  readonly siteName: string;
  readonly stylesheet: string;
  readonly mark: string;
  /** In the language of whoever asks. */
  readonly say: Say;
  /** Of `<html>`: theme, letters and spacing that they chose (`attributesOf`). */
  readonly attributes: string;
};

const gate = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><path d="M3 21V6h4V3m0 3h3V3h4v3h3V3h4v18"/><path d="M3 21h18M9 21v-5a3 3 0 0 1 6 0v5"/></svg>`;

export type LookOf = (c: Context) => Look;

/** A page with one panel. */
export function layout(look: Look, title: string, body: Html): Html {
  return frame(
    look,
    title,
    html`<a class="mark" href="/">${gate}${look.siteName}</a>
<section class="panel">${body}</section>`,
  );
}

/** The name of the workspace, which leads into it, with a way back beside it. */
export function markLine(look: Look, back: Html): Html {
  return html`<div class="mark-line"><a class="mark" href="/">${gate}${look.siteName}</a>${back}</div>`;
}

/** What all pages outside the client stand in. */
export function frame(look: Look, title: string, column: Html, columnClass = 'portal-column'): Html {
  return html`<!doctype html>
<html lang="${look.say.language}"${raw(look.attributes)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · ${look.siteName}</title>
<link rel="icon" href="${look.mark}" type="image/svg+xml">
<link rel="stylesheet" href="${look.stylesheet}">
</head>
<body class="portal">
<main class="portal-main"><div class="${columnClass}">
${column}
</div></main>
</body>
</html>`;
}

export type SignInPage = {
  readonly href: string;
  readonly label: string;
  /** Host name of the provider. */
  readonly provider: string;
  readonly signedOut: boolean;
  /** Where the page was opened, when that is not where the workspace is said to be. */
  readonly openedAt?: { readonly origin: string; readonly appUrl: string } | undefined;
  /** Whether local owners sign in beside it. */
  readonly hasLocal: boolean;
};

export function signInPage(look: Look, page: SignInPage): Html {
  const { say, siteName } = look;
  const said = page.signedOut
    ? html`<p class="notice notice-good" role="status">${say('You are signed out of {site}.', { site: siteName })}</p>`
    : '';
  return layout(
    look,
    page.signedOut ? say('Signed out') : say('Sign in'),
    html`<div class="head"><h1>${say('Sign in')}</h1><p class="sub">${say.parts('to {site}', { site: bold(siteName) })}</p></div>
<div class="stack">${said}${page.openedAt ? elsewhere(say, page.openedAt) : ''}
<a class="button" href="${page.href}">${page.label}</a>
<p class="small quiet">${say.parts('You continue at {provider} and come back here.', { provider: bold(page.provider) })}</p>
${page.hasLocal ? html`<p class="small"><a href="/auth/local">${say('Emergency sign-in')}</a></p>` : ''}
</div>`,
  );
}

export function bold(text: string): Html {
  return html`<b>${text}</b>`;
}

/** Cookies are kept for one address: signing in from another leads round in a circle. */
function elsewhere(say: Say, { origin, appUrl }: { readonly origin: string; readonly appUrl: string }): Html {
  const told = say.parts(
    'This page was opened at {here}, but the workspace is at {there}. Sign in there; from here it cannot work.',
    { here: bold(origin), there: html`<a href="${appUrl}"><b>${appUrl}</b></a>` },
  );
  return html`<p class="notice notice-danger" role="alert"><span>${told}</span></p>
<p class="small quiet" lang="en">For whoever runs this workspace: if people do open ${origin}, set LEAN_APP_URL to it. If they open ${appUrl}, the proxy in between must pass on X-Forwarded-Proto and X-Forwarded-Host, and LEAN_TRUSTED_PROXIES must hold its address.</p>`;
}

export function signInOffPage(look: Look): Html {
  return explanationPage(look, {
    code: 'sign-in-off',
    explanation: {
      what: marked('Nobody can sign in yet.'),
      why: 'No sign-in service is set up for this workspace.',
      todo: 'Ask whoever runs it to finish the set-up.',
      administrator:
        'Set LEAN_OIDC_ENABLE=true, LEAN_OIDC_PROVIDER_URL, LEAN_OIDC_CLIENT_ID and LEAN_OIDC_CLIENT_SECRET.',
    },
  });
}

export function signOutPage(look: Look, displayName: string): Html {
  const { say } = look;
  return layout(
    look,
    say('Sign out'),
    html`<div class="head"><h1>${say('Sign out?')}</h1><p class="sub">${say.parts('You are signed in as {name}.', { name: bold(displayName) })}</p></div>
<form class="stack" method="post" action="/auth/logout">
<button class="button" type="submit">${say('Sign out')}</button>
<a class="button button-quiet" href="/">${say('Stay signed in')}</a>
</form>`,
  );
}

export type FailurePage = {
  readonly code: string;
  readonly explanation: Explanation;
  /** The first way onward; its label is a marked sentence, as those of the explanation are. */
  readonly onward?: { readonly href: string; readonly label: string };
};

export function explanationPage(look: Look, { code, explanation, onward }: FailurePage): Html {
  const { say } = look;
  const { why, todo, administrator } = explanation;
  const what = say.marked(explanation.what);
  // What is for whoever runs the workspace speaks of variables, in the language of its log.
  return layout(
    look,
    what.replace(/\.$/, ''),
    html`<div class="head"><h1>${what}</h1></div>
<div class="stack"><p>${say.marked(why)}</p><p>${say.marked(todo)}</p>
${onward ? html`<a class="button" href="${onward.href}">${say.marked(onward.label)}</a>` : ''}
</div>
<div class="after stack">${
      administrator
        ? html`<p class="small">${say('For whoever runs this workspace:')}<br><span lang="en">${administrator}</span></p>`
        : ''
    }<p class="reference">${code}</p></div>`,
  );
}
