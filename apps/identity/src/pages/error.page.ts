/**
 * The page of an error: what happened, why, what to do, and a way onward. The heading is one stable sentence for each
 * kind of error. Everything on it is a plain sentence, escaped; a stack or a path never gets here.
 */
import { html } from 'hono/html';
import { heading } from './heading.ts';
import { layout } from './layout.ts';
import type { Html, Look } from './look.ts';
import { wordsIn } from './words.ts';

/** A text in pieces, of which some are what differs. */
type Marked = readonly { readonly text: string; readonly differs?: boolean }[];

/** What whoever runs the portal needs to know. */
export type Diagnosis = {
  readonly what: string;
  readonly why: string;
  readonly todo: string;
  readonly sent: Marked;
  readonly registered: Marked;
  /** The key of the configuration that decides, and where it stands. */
  readonly setting?: { readonly key: string; readonly file?: string; readonly line?: number } | undefined;
  /** What to write there, where the configuration is to give way; lines of YAML. */
  readonly write?: string | undefined;
};

export type ErrorPage = {
  readonly status: number;
  /** Permanent name of what went wrong, in small letters with dashes, for support: small, selectable, last. */
  readonly code: string;
  /** Names the step in the title; the heading when there is no shorter one. */
  readonly title?: string;
  readonly heading: string;
  readonly what: string;
  readonly why?: string;
  readonly todo: string;
  readonly application?: { readonly clientId: string; readonly name: string };
  /** Under which it was recorded; shown instead of the code. */
  readonly reference?: string;
  /** For administrators alone; stands below the person's part. */
  readonly diagnosis?: Diagnosis;
  /** The first way onward. */
  readonly back?: { readonly label: string; readonly href: string };
  /** Further ways. */
  readonly actions?: readonly { readonly label: string; readonly href: string }[];
};

export function errorPage(look: Look, error: ErrorPage): Html {
  const words = wordsIn(look.say);
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
<div class="after stack">${error.diagnosis ? diagnosisBlock(look, error.diagnosis) : ''}<p class="reference">${words.reference(error.reference ?? error.code)}</p></div>`,
  });
}

/** Whose error it is, unless the heading says so already. */
function applicationLine({ application, heading: said }: ErrorPage): Html {
  return application && !said.includes(application.name) ? html`<b>${application.name}</b>` : '';
}

function diagnosisBlock(look: Look, { what, why, todo, sent, registered, setting, write }: Diagnosis): Html {
  const words = wordsIn(look.say);
  return html`<section class="diagnosis stack">
<h2>${words.diagnosis}</h2>
<p>${what} ${why}</p>
<dl><dt>${words.sent}</dt><dd>${markedText(sent)}</dd><dt>${words.registered}</dt><dd>${markedText(registered)}</dd></dl>
<p>${todo}</p>
${setting ? settingLine(look, setting) : ''}${write ? html`<p>${words.write} <code class="lines">${write}</code></p>` : ''}
</section>`;
}

function markedText(marked: Marked): Html {
  return html`<code>${marked.map(({ text, differs }) => (differs ? html`<mark>${text}</mark>` : text))}</code>`;
}

function settingLine(look: Look, { key, file, line }: NonNullable<Diagnosis['setting']>): Html {
  const words = wordsIn(look.say);
  const place = file ? ` (${file}${line === undefined ? '' : `, ${words.line(line)}`})` : '';
  return html`<p>${words.setting}<br><code>${key}</code>${place}</p>`;
}
