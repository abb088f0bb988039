/**
 * The frame of every page: document, language, theme, mark, one panel, footer. The title says which step it is. What stands in
 * the panel is the caller's; this file knows no step and no request.
 */
import { directionOf } from '@gatehouse/words/languages.ts';
import { html } from 'hono/html';
import type { Html, Look } from './look.ts';
import { markSvg } from './mark.ts';
import { wordsIn } from './words.ts';

export type Page = {
  /** Names the step, without the product: "Sign in". */
  readonly title: string;
  /** The content of the panel, or of the column when `frame` is `column`. */
  readonly body: Html;
  /** `panel` (default): one narrow panel. `column`: a wide column that brings its own panels. */
  readonly frame?: 'panel' | 'column';
  /** The browser goes there by itself after so many seconds. */
  readonly onward?: { readonly seconds: number; readonly url: string };
  /** Path of a module that the page needs; its answer must allow scripts. */
  readonly script?: string;
  /** Stands opposite the mark: who is signed in, a way back. */
  readonly corner?: Html;
  /** The pages beside this one, from `navigation.ts`. */
  readonly navigation?: Html;
};

export function layout(look: Look, page: Page): Html {
  const wide = page.frame === 'column';
  const { language } = look.say;
  const mark = html`<a class="mark" href="/">${markOf(look)}${look.product}</a>`;
  return html`<!doctype html>
<html lang="${language}"${directionOf(language) === 'rtl' ? html` dir="rtl"` : ''}${classOf(look)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${colorScheme(look)}">
<meta name="robots" content="noindex">
${page.onward ? html`<meta http-equiv="refresh" content="${page.onward.seconds};url=${page.onward.url}">` : ''}<title>${page.title} · ${look.product}</title>
<link rel="icon" href="${look.iconPath}"${look.iconPath.endsWith('.svg') ? html` type="image/svg+xml"` : ''}>
<link rel="stylesheet" href="${look.stylesheetPath}">
${page.script ? html`<script type="module" src="${page.script}"></script>` : ''}</head>
<body class="portal">
<main class="portal-main"><div class="portal-column${wide ? ' portal-column-wide' : ''}">
${page.corner ? html`<div class="mark-line">${mark}${page.corner}</div>` : mark}
${page.navigation ?? ''}${wide ? page.body : html`<section class="panel">${page.body}</section>`}
</div></main>
${footer(look)}
</body>
</html>`;
}

function markOf({ logoPath }: Look): Html {
  return logoPath === undefined ? markSvg() : html`<img src="${logoPath}" alt="" height="28">`;
}

function footer({ say, product, privacyPolicyUrl, choiceAddress }: Look): Html {
  const words = wordsIn(say);
  return html`<footer class="portal-foot"><span>${words.footer(product)}</span><a href="${choiceAddress}">${words.choice}</a>${
    privacyPolicyUrl ? html`<a href="${privacyPolicyUrl}">${words.privacy}</a>` : ''
  }</footer>`;
}

function classOf({ theme, legible }: Look): Html {
  const names = [...(theme === 'auto' ? [] : [`theme-${theme}`]), ...(legible ? ['legible'] : [])];
  return names.length === 0 ? '' : html` class="${names.join(' ')}"`;
}

function colorScheme({ theme }: Look): string {
  if (theme === 'auto') return 'light dark';
  return theme === 'light' ? 'light' : 'dark';
}
