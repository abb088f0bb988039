/**
 * One letter, twice: as plain text and as HTML with the same words. It knows the look of the house and nothing of what is
 * being said. No picture, no script, nothing fetched: a mail is read in places that block all of it.
 */
import { directionOf } from '@gatehouse/words/languages.ts';
import { html } from 'hono/html';

export type Letter = {
  readonly title: string;
  /** "Hello Alice,". */
  readonly greeting: string;
  readonly language: string;
  readonly paragraphs: readonly string[];
  /** A code to type, on a line of its own so that it is easily marked and copied. */
  readonly code?: string;
  /** A page to open. */
  readonly button?: { readonly text: string; readonly url: string };
  /** What helps to judge whether this was oneself: when, from where. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What to do if it was not oneself. */
  readonly warning: string;
  readonly link?: { readonly text: string; readonly url: string };
};

export function renderText(letter: Letter): string {
  const blocks = [
    letter.greeting,
    ...letter.paragraphs,
    ...(letter.code === undefined ? [] : [`    ${letter.code}`]),
    ...(letter.button ? [letter.button.url] : []),
    letter.facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    letter.warning,
    ...(letter.link ? [`${letter.link.text}:\n${letter.link.url}`] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const mono = "ui-monospace, 'SF Mono', Menlo, Consolas, monospace";

// Mail programs know neither custom properties nor OKLCH: these are the tokens' values.
const darkStyle = `
@media (prefers-color-scheme: dark) {
  .paper { background: #0f1317 !important }
  .panel { background: #191d23 !important; border-color: #30363d !important }
  .ink { color: #f0eee9 !important }
  .ink-2 { color: #b4bac2 !important }
  .code { background: #0f1317 !important; border-color: #5b646f !important }
  .accent { color: #5fceab !important }
}`;

export async function renderHtml(letter: Letter): Promise<string> {
  const paragraph = 'margin:0 0 16px';
  const document = await html`<!doctype html>
<html lang="${letter.language}" dir="${directionOf(letter.language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${letter.title}</title><style>${darkStyle}</style></head>
<body class="paper" style="margin:0;background:#faf9f5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="paper" align="center" style="padding:32px 16px;background:#faf9f5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:480px"><tr><td class="panel ink" style="padding:32px;background:#ffffff;border:1px solid #e3e1db;border-radius:16px;color:#18202a;font:16px/1.5 ${font}">
<h1 class="ink" style="margin:0 0 16px;font-size:22px;line-height:1.25;letter-spacing:-0.018em;color:#18202a">${letter.title}</h1>
<p style="${paragraph}">${letter.greeting}</p>
${letter.paragraphs.map((text) => html`<p style="${paragraph}">${text}</p>`)}
${
  letter.code === undefined
    ? ''
    : html`<p class="code ink" style="margin:0 0 16px;padding:18px 8px;background:#faf9f5;border:1px solid #98a0a9;border-radius:10px;color:#18202a;font:500 28px/1 ${mono};letter-spacing:0.2em;text-align:center">${letter.code}</p>`
}
${letter.button ? html`<p style="margin:0 0 20px"><a href="${letter.button.url}" style="display:inline-block;padding:12px 20px;border-radius:10px;background:#00664d;color:#ffffff;font-weight:600;text-decoration:none">${letter.button.text}</a></p>` : ''}
<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;font:14px/1.6 ${font}">
${letter.facts.map(([label, value]) => html`<tr><td class="ink-2" style="padding:0;padding-inline-end:16px;color:#4b5561;vertical-align:top">${label}</td><td class="ink" style="color:#18202a">${value}</td></tr>`)}
</table>
<p style="${letter.link ? paragraph : 'margin:0'}">${letter.warning}</p>
${letter.link ? html`<p style="margin:0"><a class="accent" href="${letter.link.url}" style="color:#00664d;font-weight:500">${letter.link.text}</a></p>` : ''}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
  return document.toString();
}
