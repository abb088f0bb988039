/**
 * The pages around a sign-in on another device: where its code is typed, and how it ended. What lies between them is a
 * sign-in like any other. They decide nothing.
 */
import { html } from 'hono/html';
import { field } from '../../pages/field.ts';
import { heading } from '../../pages/heading.ts';
import { layout } from '../../pages/layout.ts';
import type { Html, Look } from '../../pages/look.ts';
import { notice } from '../../pages/notice.ts';
import { wordsIn } from './device.words.ts';

export type CodePage = {
  readonly kind: 'code';
  readonly action: string;
  /** Hidden fields that the form posts along. */
  readonly fields: Readonly<Record<string, string>>;
  readonly userCode?: string;
  readonly problem?: keyof ReturnType<typeof wordsIn>['problem'];
};

export type DevicePage =
  | CodePage
  | { readonly kind: 'done'; readonly application: { readonly name: string } }
  | { readonly kind: 'refused' };

/** Room for spaces and a dash wherever somebody types them. */
const lengthMax = 20;

export function devicePage(look: Look, page: DevicePage): Html {
  const words = wordsIn(look.say);
  switch (page.kind) {
    case 'code':
      return codePage(look, page);
    case 'done':
      return endPage(look, words.done, [words.done.what(page.application.name), words.done.close]);
    case 'refused':
      return endPage(look, words.refused, [words.refused.what, words.refused.todo]);
  }
}

function codePage(look: Look, page: CodePage): Html {
  const words = wordsIn(look.say);
  const { code } = words;
  const arrived = page.userCode !== undefined && page.problem === undefined;
  return layout(look, {
    title: code.title,
    body: html`${heading(code.title, arrived ? code.check : code.sub)}
<form method="post" action="${page.action}" class="stack">
${page.problem ? notice({ kind: 'danger', text: words.problem[page.problem] }) : ''}
${Object.entries(page.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${field({
  name: 'user_code',
  label: code.label,
  type: 'text',
  autocomplete: 'off',
  lengthMax,
  hint: code.hint,
  autofocus: !arrived,
  wrong: page.problem !== undefined,
  code: true,
  ...(page.userCode !== undefined && { value: page.userCode.slice(0, lengthMax) }),
})}
<p class="small quiet">${code.warning}</p>
<button class="button" type="submit">${code.submit}</button>
</form>`,
  });
}

function endPage(
  look: Look,
  text: { readonly title: string; readonly heading: string },
  lines: readonly string[],
): Html {
  return layout(look, {
    title: text.title,
    body: html`${heading(text.heading)}
<div class="stack">${lines.map((line) => html`<p>${line}</p>`)}<a class="button button-quiet" href="/">${wordsIn(look.say).overview}</a></div>`,
  });
}
