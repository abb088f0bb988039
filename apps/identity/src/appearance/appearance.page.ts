/** The page of language, theme and letters: one plain form. It decides nothing. */
import { directionOf, nameOfLanguage } from '@gatehouse/words/languages.ts';
import { html } from 'hono/html';
import { accountCorner } from '../pages/account-corner.ts';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import { appearancePath, returnField } from './appearance.paths.ts';
import { wordsIn } from './appearance.words.ts';
import { type Choice, themes } from './choice.ts';

export type AppearancePage = {
  readonly languages: readonly string[];
  readonly chosen: Choice;
  readonly returnTo: string | undefined;
  readonly saved: boolean;
  /** Of whoever is signed in, and the pages beside this one. */
  readonly account?: { readonly username: string; readonly navigation: Html };
};

export function appearancePage(look: Look, page: AppearancePage): Html {
  const words = wordsIn(look.say);
  const { chosen, returnTo, account } = page;
  const form = html`${heading(words.title, words.sub)}
<form class="stack stack-loose" method="post" action="${appearancePath}">
${page.saved ? notice({ kind: 'good', text: words.saved }) : ''}
${returnTo === undefined ? '' : html`<input type="hidden" name="${returnField}" value="${returnTo}">`}
<div class="field"><div class="field-line"><label for="field-language">${words.language}</label></div>
<select class="input" id="field-language" name="language">
<option value="">${words.asBrowser}</option>
${page.languages.map((tag) => html`<option value="${tag}" lang="${tag}" dir="${directionOf(tag)}"${tag === chosen.language ? html` selected` : ''}>${nameOfLanguage(tag)}</option>`)}
</select></div>
<fieldset class="options"><legend>${words.theme}</legend>
${themes.map((theme) => option('theme', theme, theme === look.theme, words.themes[theme].name, words.themes[theme].about))}
</fieldset>
<fieldset class="options"><legend>${words.letters}</legend>
${option('letters', 'usual', !look.legible, words.usual)}
${option('letters', 'legible', look.legible, words.legible)}
</fieldset>
<button class="button">${words.save}</button>
</form>
${returnTo === undefined ? '' : html`<p class="after"><a href="${returnTo}">${words.back}</a></p>`}`;
  if (!account) return layout(look, { title: words.title, body: form });
  return layout(look, {
    title: words.title,
    frame: 'column',
    corner: accountCorner(look, account.username),
    navigation: account.navigation,
    body: html`<section class="panel">${form}</section>`,
  });
}

function option(name: string, value: string, chosen: boolean, label: string, about?: string): Html {
  return html`<label class="option"><input type="radio" name="${name}" value="${value}"${chosen ? html` checked` : ''}><span><b>${label}</b>${about === undefined ? '' : html` <span class="quiet">${about}</span>`}</span></label>`;
}
