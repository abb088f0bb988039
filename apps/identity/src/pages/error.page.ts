/**
 * The page of an error: what happened, why, what to do, and a way onward. The heading is one stable sentence for each
 * kind of error. Everything on it is a plain sentence, escaped; a stack or a path never gets here.
 */
import { html } from 'hono/html';
import { heading } from './heading.ts';
import { layout } from './layout.ts';
import type { Html, Look } from './look.ts';
import { words } from './words.ts';

export type ErrorPage = {
  readonly status: number;
  /** Permanent name of what went wrong, for support: small, selectable, last. */
  readonly code: string;
  /** Names the step in the title; the heading when there is no shorter one. */
  readonly title?: string;
  readonly heading: string;
  readonly what: string;
  readonly why?: string;
  readonly todo: string;
  readonly application?: { readonly clientId: string; readonly name: string };
  /** What whoever runs the portal or the application needs to know, a sentence a line; stands below the person's part. */
  readonly details?: readonly string[];
  /** The key of the configuration that decides, and where it stands. */
  readonly setting?: { readonly key: string; readonly file?: string; readonly line?: number };
  /** The first way onward. */
  readonly back?: { readonly label: string; readonly href: string };
  /** Further ways. */
  readonly actions?: readonly { readonly label: string; readonly href: string }[];
};

export function errorPage(look: Look, error: ErrorPage): Html {
  const ways = [...(error.back ? [error.back] : []), ...(error.actions ?? [])];
  return layout(look, {
    title: error.title ?? error.heading,
    body: html`${heading(error.heading, applicationLine(error))}
<div class="stack">
<p>${error.what}</p>
${error.why ? html`<p class="quiet">${error.why}</p>` : ''}
<p>${error.todo}</p>
${ways.map((way, index) => html`<a class="button${index === 0 ? '' : ' button-quiet'}" href="${way.href}">${way.label}</a>`)}
</div>
<div class="after stack">${detailsBlock(error)}<p class="reference">${words.reference(error.code)}</p></div>`,
  });
}

/** Whose error it is, unless the heading says so already. */
function applicationLine({ application, heading: said }: ErrorPage): Html {
  return application && !said.includes(application.name) ? html`<b>${application.name}</b>` : '';
}

function detailsBlock({ details = [], setting }: ErrorPage): Html {
  if (details.length === 0 && !setting) return '';
  return html`<p class="small"><b>${words.details}</b></p>
${details.map((line) => html`<p class="small">${line}</p>`)}
${setting ? settingLine(setting) : ''}`;
}

function settingLine({ key, file, line }: NonNullable<ErrorPage['setting']>): Html {
  const place = file ? ` (${file}${line === undefined ? '' : `, line ${line}`})` : '';
  return html`<p class="small">${words.setting}<br><code>${key}</code>${place}</p>`;
}
