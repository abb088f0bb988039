/** The page that shows a new key, as a picture and as text, and asks for the first code. It knows no requests. */
import { html } from 'hono/html';
import { field } from '../pages/field.ts';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { notice } from '../pages/notice.ts';
import { stepsBar } from '../pages/steps-bar.ts';
import { base32Of, otpauthUri, type TotpKey } from '../sign-in/totp/totp.code.ts';
import type { TotpOptions } from '../sign-in/totp/totp.verify.ts';
import { type Intent, intentFields, paths, returnField } from './account.paths.ts';
import { choiceField, hiddenFields } from './form.ts';
import { qrSvg } from './qr.ts';
import { wordsIn } from './words.ts';

export type EnrolPage = {
  readonly username: string;
  readonly enrolmentId: string;
  readonly key: TotpKey;
  readonly options: TotpOptions;
  readonly returnTo: Intent['returnTo'];
  readonly failure?: string;
};

export function enrolPage(look: Look, page: EnrolPage): Html {
  const { enrol } = wordsIn(look.say);
  const { key, returnTo } = page;
  return layout(look, {
    title: enrol.title,
    body: html`${stepsBar(look, 2, 2)}${heading(enrol.heading, enrol.sub)}
<div class="stack">
<h2>1. ${enrol.scan}</h2>
${qrSvg(otpauthUri(page.username, key), enrol.picture)}
<p class="small quiet" id="key-about">${enrol.bySight}</p>
<code class="secret" aria-describedby="key-about">${inGroups(base32Of(key.secret))}</code>
<p class="small quiet">${enrol.facts(key.digits, key.periodSeconds)}</p>
<h2>2. ${enrol.type}</h2>
<form class="stack" method="post" action="${paths.confirm}">
${page.failure ? notice({ kind: 'danger', text: page.failure }) : ''}
${hiddenFields({ enrolment: page.enrolmentId, [returnField]: returnTo })}
${field({
  name: 'code',
  label: enrol.label,
  type: 'text',
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
  lengthMax: 16,
  code: true,
  // What has been scanned already is scrolled past.
  autofocus: page.failure !== undefined,
  wrong: page.failure !== undefined,
})}
<button class="button">${enrol.go}</button>
<a class="button button-quiet" href="${returnTo ?? paths.twoFactor}">${enrol.cancel}</a>
</form>
${choices(look, page)}
</div>`,
  });
}

/** The fields of a key that the configuration leaves open, if it leaves any. */
function choices(look: Look, { key, options, returnTo }: EnrolPage): Html {
  const { enrol } = wordsIn(look.say);
  const fields = [
    choiceField(
      'algorithm',
      enrol.algorithm,
      options.allowedAlgorithms.map((value) => ({ value, label: value })),
      key.algorithm,
    ),
    choiceField(
      'digits',
      enrol.digits,
      options.allowedDigits.map((digits) => ({ value: String(digits), label: String(digits) })),
      String(key.digits),
    ),
    choiceField(
      'period',
      enrol.period,
      options.allowedPeriodsSeconds.map((seconds) => ({ value: String(seconds), label: enrol.seconds(seconds) })),
      String(key.periodSeconds),
    ),
  ].filter((each) => each !== '');
  if (fields.length === 0) return '';
  return html`<details class="after"><summary>${enrol.choices}</summary>
<form class="stack" method="post" action="${paths.oneTimeCode}">${hiddenFields(intentFields({ action: 'add', returnTo }))}
<p class="small quiet">${enrol.choicesHint}</p>
${fields}
<button class="button button-quiet">${enrol.change}</button>
</form></details>`;
}

/** In fours, as people read letters aloud. Apps take the spaces out. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}
