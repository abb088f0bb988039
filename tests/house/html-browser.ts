/**
 * A browser without script over plain HTTP: follows redirects within the portal, shows a page, fills in a form and presses
 * one of its buttons. Where a redirect or a form leads out of the portal it stops and says where to.
 */
import assert from 'node:assert/strict';
import { freshCode, type Person } from '../browser/verbs.ts';
import { type Form, type Markup, readMarkup } from './html-forms.ts';
import { type Answer, HttpPerson } from './http-person.ts';

export type Page = Markup & {
  readonly kind: 'page';
  readonly status: number;
  readonly url: URL;
  readonly html: string;
};

/** The browser would now go to another site, with these parameters in query, fragment or body. */
export type Departure = {
  readonly kind: 'away';
  readonly url: URL;
  readonly by: 'query' | 'fragment' | 'form_post';
  readonly params: URLSearchParams;
};

export type Shown = Page | Departure;

const redirectsMax = 10;
/** The one script that this browser knows: a page with a form for another place, which goes there at once. */
const submitsItself = /document\.forms\[0\]\.submit\(\)/;

export class HtmlBrowser {
  readonly http: HttpPerson;
  readonly origin: string;

  constructor(port: number, host = 'auth.example.com') {
    this.http = new HttpPerson(port, host);
    this.origin = `https://${host}`;
  }

  close(): void {
    this.http.close();
  }

  async open(address: string): Promise<Shown> {
    const url = new URL(address, this.origin);
    return this.#follow(url, await this.http.get(`${url.pathname}${url.search}`));
  }

  /** `values` fill in fields or tick boxes; `button` is the value of the button pressed, the first one by default. */
  async press(page: Page, form: Form, values: Readonly<Record<string, string>>, button?: string): Promise<Shown> {
    for (const name of Object.keys(values)) assert.ok(form.names.has(name), `the form has a field ${name}`);
    const pressed = button === undefined ? form.buttons.at(-1) : form.buttons.find((each) => each.value === button);
    const url = new URL(form.action || page.url, page.url);
    assert.ok(pressed || submitsItself.test(page.html), `the form has a button ${button ?? ''}`);
    const sent = new Map<string, string>([...form.fields, ...Object.entries(values)]);
    if (pressed && pressed.name !== '') sent.set(pressed.name, pressed.value);
    if (url.origin !== this.origin)
      return { kind: 'away', url, by: 'form_post', params: new URLSearchParams([...sent]) };
    const path = `${url.pathname}${url.search}`;
    if (form.method === 'post') return this.#follow(url, await this.http.post(path, Object.fromEntries(sent)));
    url.search = String(new URLSearchParams([...sent]));
    return this.open(String(url));
  }

  async #follow(from: URL, first: Answer): Promise<Shown> {
    let url = from;
    let answer = first;
    for (let hops = 0; hops < redirectsMax; hops++) {
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status >= 400 || location === undefined) {
        const page: Page = { kind: 'page', status: answer.status, url, html: answer.body, ...readMarkup(answer.body) };
        const [form] = page.forms;
        return form && submitsItself.test(page.html) ? this.press(page, form, {}) : page;
      }
      url = new URL(location, url);
      if (url.origin !== this.origin) return departure(url);
      answer = await this.http.get(`${url.pathname}${url.search}`);
    }
    throw new Error(`more than ${redirectsMax} redirects, the last to ${url}`);
  }
}

/** What the link back to the application on a page of refusal carries there. */
export function linkBack(page: Page): Departure | undefined {
  const href = page.links.find((link) => URL.canParse(link) && new URL(link).origin !== page.url.origin);
  return href === undefined ? undefined : departure(new URL(href));
}

function departure(url: URL): Departure {
  const by = url.hash === '' ? 'query' : 'fragment';
  const params = by === 'query' ? url.searchParams : new URLSearchParams(url.hash.slice(1));
  return { kind: 'away', url, by, params };
}

export type Answers = {
  readonly decision?: 'accept' | 'deny';
  /** Ticks "do not ask again". */
  readonly remember?: boolean;
};

/** Answers whatever the portal asks this person until the browser leaves, or a page comes that asks nothing known. */
export async function walk(browser: HtmlBrowser, person: Person, start: Shown, answers: Answers = {}): Promise<Shown> {
  let shown = start;
  for (let steps = 0; steps < 8 && shown.kind === 'page'; steps++) {
    const page: Page = shown;
    const form = page.forms.find((each) => stepOf(each) !== undefined);
    if (!form) return page;
    switch (stepOf(form)) {
      case 'password': {
        const { username, password } = person;
        const named = form.fields.some(([name, value]) => name === 'username' && value === username);
        shown = await browser.press(page, form, { password, ...(!named && { username }) });
        break;
      }
      case 'code':
        shown = await browser.press(page, form, { code: freshCode(person) });
        break;
      case 'consent':
        shown = await browser.press(
          page,
          form,
          answers.remember ? { remember: 'true' } : {},
          answers.decision ?? 'accept',
        );
        break;
    }
  }
  return shown;
}

function stepOf(form: Form): 'password' | 'code' | 'consent' | undefined {
  if (form.names.has('password')) return 'password';
  if (form.names.has('code')) return 'code';
  return form.buttons.some((button) => button.name === 'decision') ? 'consent' : undefined;
}
