/** The pages of the push step: before the request, while it is under way, and when Duo does not know the person. */
import { html } from 'hono/html';
import { field } from '../../pages/field.ts';
import { heading } from '../../pages/heading.ts';
import { layout } from '../../pages/layout.ts';
import type { Html, Look } from '../../pages/look.ts';
import { notice } from '../../pages/notice.ts';
import { stepsBar } from '../../pages/steps-bar.ts';
import type { DuoDevice, PushMethod } from './duo-api.ts';
import { wordsIn } from './push.words.ts';

/** What all of them share. */
export type PushPage = {
  /** Of the step; the others hang from it. */
  readonly at: (name?: string) => string;
  readonly steps: number;
  readonly username: string;
  readonly anotherAddress: string;
  /** Links to the other second factors of the person. */
  readonly otherWays: Html;
  readonly problem?: string | undefined;
};

/** Where another second factor is set up, for whoever has none. */
type SetUp = { readonly setUpAddress?: string | undefined };

export function askPage(look: Look, page: PushPage & SetUp): Html {
  const words = wordsIn(look.say);
  return frame(look, page, {
    title: words.title,
    sub: html`${words.for(html`<b>${page.username}</b>`)}`,
    body: html`<form method="post" action="${page.at()}" class="stack">
${problem(page)}${whose(page)}
<p>${words.about}</p>
<button class="button" type="submit">${words.send}</button>
</form>
${setUpLink(look, page)}`,
    devices: true,
  });
}

export type WaitingPage = PushPage & { readonly device: string; readonly method: PushMethod };

export function waitingPage(look: Look, page: WaitingPage): Html {
  const { waiting } = wordsIn(look.say);
  const { device, method } = page;
  const says = {
    push: waiting.asked,
    phone: waiting.called,
    sms: waiting.sent,
    mobile_otp: waiting.shown,
  }[method](device);
  if (method === 'sms' || method === 'mobile_otp')
    return frame(look, page, {
      title: waiting.title,
      sub: says,
      body: html`<form method="post" action="${page.at('code')}" class="stack">
${problem(page)}${whose(page)}
${field({
  name: 'code',
  label: waiting.code,
  type: 'text',
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
  lengthMax: 16,
  autofocus: true,
  wrong: page.problem !== undefined,
  code: true,
})}
<button class="button" type="submit">${waiting.submit}</button>
</form>`,
      devices: true,
    });
  return frame(look, page, {
    title: waiting.title,
    sub: says,
    onward: page.at('wait'),
    body: html`<div class="stack"><p class="quiet">${waiting.onward}</p>
<a class="button button-quiet" href="${page.at('wait')}">${method === 'push' ? waiting.done : waiting.answered}</a></div>`,
    devices: true,
  });
}

export type EnrolPage = PushPage & SetUp & { readonly enrolUrl: string | undefined };

export function pushEnrolPage(look: Look, page: EnrolPage): Html {
  const { enrol } = wordsIn(look.say);
  const { enrolUrl } = page;
  const again = html`<form method="post" action="${page.at()}" class="stack">${whose(page)}<button class="button${enrolUrl ? ' button-quiet' : ''}" type="submit">${enrol.again}</button></form>`;
  return frame(look, page, {
    title: enrol.title,
    body: html`<div class="stack"><p>${enrol.what} ${enrolUrl ? enrol.after : enrol.ask}</p>
${enrolUrl ? html`<a class="button" href="${enrolUrl}" rel="noreferrer" target="_blank">${enrol.go}</a>` : ''}
${again}</div>
${setUpLink(look, page)}`,
    devices: false,
  });
}

function setUpLink({ say }: Look, { setUpAddress }: SetUp): Html {
  if (setUpAddress === undefined) return '';
  return html`<p class="other-way"><a href="${setUpAddress}">${wordsIn(say).enrol.setUp}</a></p>`;
}

export type DevicesPage = PushPage & {
  readonly devices: readonly DuoDevice[];
  readonly chosen: { readonly device: string; readonly method: PushMethod } | undefined;
};

export function devicesPage(look: Look, page: DevicesPage): Html {
  const { devices } = wordsIn(look.say);
  return frame(look, page, {
    title: devices.title,
    sub: devices.sub,
    body: html`<form method="post" action="${page.at('devices')}" class="stack">
${problem(page)}${whose(page)}${deviceChoices(look, page.devices, page.chosen)}
<button class="button" type="submit">${devices.choose}</button>
</form>`,
    devices: false,
  });
}

/** A set of buttons a device, one for each way to reach it. The value names both. */
export function deviceChoices({ say }: Look, devices: readonly DuoDevice[], chosen: DevicesPage['chosen']): Html {
  const words = wordsIn(say);
  const first = devices[0];
  const marked = chosen ?? { device: first?.id, method: first?.methods[0] };
  return html`${devices.map(
    ({ id, name, methods }) =>
      html`<fieldset class="devices"><legend>${name}</legend>${methods.map(
        (method) =>
          html`<label class="check"><input type="radio" name="device" value="${method} ${id}"${id === marked.device && method === marked.method ? html` checked` : ''}> ${words.devices.method[method]}</label>`,
      )}</fieldset>`,
  )}`;
}

/** The two halves of a choice; empty for what is none. */
export function readChoice(value: string): { readonly method: string; readonly device: string } {
  const space = value.indexOf(' ');
  return { method: value.slice(0, Math.max(0, space)), device: value.slice(space + 1) };
}

type Content = {
  readonly title: string;
  readonly sub?: Html | string;
  readonly body: Html;
  readonly devices: boolean;
  readonly onward?: string;
};

function frame(look: Look, page: PushPage, { title, sub, body, devices, onward }: Content): Html {
  const words = wordsIn(look.say);
  return layout(look, {
    title,
    // At once: the answer comes when there is news, and until then this page stands.
    ...(onward !== undefined && { onward: { seconds: 0, url: onward } }),
    body: html`${stepsBar(look, 2, page.steps)}
${heading(title, sub)}
${body}
${devices ? html`<p class="other-way"><a href="${page.at('devices')}">${words.waiting.devices}</a></p>` : ''}
${page.otherWays}
<p class="after">${words.not(page.username)} <a href="${page.anotherAddress}">${words.another}</a></p>`,
  });
}

function problem({ problem: text }: PushPage): Html {
  return text === undefined ? '' : notice({ kind: 'danger', text });
}

/** Shows whether another tab has changed who is signed in. */
function whose({ username }: PushPage): Html {
  return html`<input type="hidden" name="username" value="${username}">`;
}
