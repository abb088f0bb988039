/**
 * A digest as a letter, twice: as plain text and as HTML with the same words. Links lead to the address that the
 * configuration names. No picture, no script, nothing fetched: a mail is read in places that block all of it.
 */
import { directionOf } from '@gatehouse/words/languages.ts';
import type { Say } from '@gatehouse/words/say.ts';
import { html } from 'hono/html';
import type { MailFrequency } from '../../wire/notification.ts';
import type { Digest, DigestGroup } from './digest.ts';
import { quoteOf, sayEvent, sayRhythm } from './words.ts';

export type Letter = { readonly subject: string; readonly text: string; readonly html: string };

export type LetterFrame = {
  readonly say: Say;
  readonly siteName: string;
  readonly appUrl: string;
  readonly frequency: MailFrequency;
};

type Line = { readonly text: string; readonly quote: string };
type Section = { readonly heading: string; readonly place: string; readonly url: string; readonly lines: Line[] };

export async function writeLetter(digest: Digest, frame: LetterFrame): Promise<Letter> {
  const { say, siteName, appUrl, frequency } = frame;
  const sections = digest.groups.map((group) => sectionOf(group, digest.today, frame));
  const { earlier } = digest;
  const count = digest.groups.reduce((sum, { events }) => sum + events.length, earlier);
  const [first] = sections;
  const subject =
    count === 1 && first
      ? say('{title}: {event}', { title: digest.groups[0]?.title ?? '', event: first.lines[0]?.text ?? '' })
      : say('{count, plural, one {One thing} other {# things}} for you in {site}', { count, site: siteName });
  const words = {
    subject,
    greeting: say('Hello {name},', { name: digest.to.displayName }),
    lead: say('{count, plural, one {This happened} other {These # things happened}} in {site}:', {
      count,
      site: siteName,
    }),
    earlier:
      earlier === 0
        ? ''
        : say('{count, plural, one {# earlier thing waits} other {# earlier things wait}} in your notifications', {
            count: earlier,
          }),
    earlierUrl: `${appUrl}/notifications`,
    rhythm: sayRhythm(say, frequency),
    settings: say('Choose what you are mailed, and how often, or stop it'),
    settingsUrl: `${appUrl}/settings/notifications`,
    sections,
  };
  return { subject, text: renderText(words), html: await renderHtml(words, say) };
}

function sectionOf(
  { toDo, title, projectName, path, events }: DigestGroup,
  today: string,
  frame: LetterFrame,
): Section {
  return {
    heading: title,
    place: toDo === null ? '' : `${toDo} · ${projectName}`,
    url: `${frame.appUrl}${path}`,
    lines: events.map((event) => ({ text: sayEvent(frame.say, event, today), quote: quoteOf(event) })),
  };
}

type Words = {
  readonly subject: string;
  readonly greeting: string;
  readonly lead: string;
  /** Empty where everything is told. */
  readonly earlier: string;
  readonly earlierUrl: string;
  readonly rhythm: string;
  readonly settings: string;
  readonly settingsUrl: string;
  readonly sections: readonly Section[];
};

function renderText(words: Words): string {
  const sections = words.sections.map(({ heading, place, url, lines }) =>
    [
      place === '' ? heading : `${heading} (${place})`,
      ...lines.flatMap(({ text, quote }) => [`  - ${text}`, ...(quote ? [`    “${quote}”`] : [])]),
      `  ${url}`,
    ].join('\n'),
  );
  const earlier = words.earlier === '' ? [] : [`${words.earlier}:\n${words.earlierUrl}`];
  const ending = `${words.rhythm}\n${words.settings}:\n${words.settingsUrl}`;
  return `${[words.greeting, words.lead, ...sections, ...earlier, ending].join('\n\n')}\n`;
}

const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

// Mail programs know neither custom properties nor OKLCH: these are the tokens' values.
const darkStyle = `
@media (prefers-color-scheme: dark) {
  .paper { background: #0f1317 !important }
  .panel { background: #191d23 !important; border-color: #30363d !important }
  .ink { color: #f0eee9 !important }
  .ink-2 { color: #b4bac2 !important }
  .line { border-color: #30363d !important }
  .accent { color: #5fceab !important }
}`;

async function renderHtml(words: Words, say: Say): Promise<string> {
  const { language } = say;
  const document = await html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${words.subject}</title><style>${darkStyle}</style></head>
<body class="paper" style="margin:0;background:#faf9f5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="paper" align="center" style="padding:32px 16px;background:#faf9f5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td class="panel ink" style="padding:32px;background:#ffffff;border:1px solid #e3e1db;border-radius:16px;color:#18202a;font:16px/1.5 ${font}">
<p style="margin:0 0 4px">${words.greeting}</p>
<h1 class="ink" style="margin:0 0 8px;font-size:16px;font-weight:400;line-height:1.5;color:#18202a">${words.lead}</h1>
${words.sections.map(renderSection)}
${words.earlier === '' ? '' : html`<p style="margin:24px 0 0"><a class="accent" href="${words.earlierUrl}" style="color:#00664d">${words.earlier}</a></p>`}
<p class="ink-2 line" style="margin:24px 0 0;padding-top:16px;border-top:1px solid #e3e1db;color:#4b5561;font-size:14px">${words.rhythm} <a class="accent" href="${words.settingsUrl}" style="color:#00664d">${words.settings}</a></p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
  return document.toString();
}

function renderSection({ heading, place, url, lines }: Section) {
  return html`<h2 style="margin:24px 0 0;font-size:18px;line-height:1.3"><a class="accent" href="${url}" style="color:#00664d;font-weight:600;text-decoration:none">${heading}</a></h2>
${place === '' ? '' : html`<p class="ink-2" style="margin:2px 0 0;color:#4b5561;font-size:14px">${place}</p>`}
<ul style="margin:8px 0 0;padding:0;padding-inline-start:20px">
${lines.map(({ text, quote }) => html`<li style="margin:0 0 4px">${text}${quote === '' ? '' : html`<br><span class="ink-2" style="color:#4b5561">“${quote}”</span>`}</li>`)}
</ul>
`;
}
