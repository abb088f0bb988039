/**
 * A person without a browser who remembers exactly what was promised: what an answer that arrived said is done. What was
 * asked for and not yet answered stands apart, for it may have happened or not.
 */
import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import { freshCode, type Person } from '../browser/verbs.ts';
import { type Answer, authorizationRequest, exchange, HttpPerson } from '../house/http-person.ts';
import { codeFromMail } from '../house/mail.ts';

export type Exchange = { readonly code: string; readonly verifier: string };

export type Ports = {
  readonly identityPort: number;
  readonly projectsPort: number;
  readonly mailPath: string;
};

export class Visitor {
  readonly portal: HttpPerson;
  readonly workspace: HttpPerson;
  /** With the newest key that was confirmed. */
  person: Person;
  /** Factors of the portal session, as promised. */
  level: 0 | 1 | 2 = 0;
  consented = false;
  /** Id in the workspace. */
  personId: string | undefined;
  readonly spentCodes: string[] = [];
  readonly exchanged: Exchange[] = [];
  /** Asked for and not answered. */
  unanswered: { rise?: true; code?: string; exchange?: Exchange; key?: Person } = {};

  readonly #mailPath: string;
  readonly #onAnswer: () => void;

  constructor(person: Person, { identityPort, projectsPort, mailPath }: Ports, onAnswer: () => void = () => {}) {
    this.person = person;
    this.portal = new HttpPerson(identityPort);
    this.workspace = new HttpPerson(projectsPort, 'leantime.example.com');
    this.#mailPath = mailPath;
    this.#onAnswer = onAnswer;
  }

  close(): void {
    this.portal.close();
    this.workspace.close();
  }

  async signInToWorkspace(): Promise<void> {
    const begun = await this.#answered(this.workspace.get('/oidc/login'));
    const request = new URL(begun.headers.location ?? '');
    const callback = await this.walk(request.pathname + request.search);
    const done = await this.#answered(this.workspace.get(callback.pathname + callback.search));
    assert.equal(done.status, 303, done.body);
    const me = await this.#answered(this.workspace.get('/api/v1/me'));
    assert.equal(me.status, 200, me.body);
    this.personId = JSON.parse(me.body).person.id;
  }

  /** Gets a code and exchanges it, as an application does. */
  async authorizeAndExchange(): Promise<void> {
    const authorization = authorizationRequest();
    const callback = await this.walk(authorization.path);
    const one = { code: callback.searchParams.get('code') ?? '', verifier: authorization.verifier };
    assert.notEqual(one.code, '', callback.search);
    this.unanswered.exchange = one;
    const answer = await this.#answered(exchange(this.portal, one.code, one.verifier));
    assert.equal(answer.status, 200, answer.body);
    delete this.unanswered.exchange;
    this.exchanged.push(one);
  }

  /** Replaces the one-time code: proof of the mailbox, a new key, its first code. */
  async enrol(): Promise<void> {
    const asked = await this.#answered(this.portal.post('/settings/two-factor/one-time-code', { action: 'add' }));
    const proof = locationOf(asked);
    const form = {
      request: proof.searchParams.get('request') ?? '',
      action: 'add',
      code: codeFromMail(this.#mailPath, this.person.username),
    };
    this.unanswered.rise = true;
    const proven = await this.#answered(this.portal.post('/settings/two-factor/proof', form));
    delete this.unanswered.rise;
    const shown = locationOf(proven);
    const page = await this.#answered(this.portal.get(shown.pathname + shown.search));
    const text = /<code class="secret"[^>]*>([^<]+)</.exec(page.body)?.[1]?.replaceAll(/\s/g, '') ?? '';
    const totp = new TOTP({ label: this.person.username, secret: Secret.fromBase32(text) });
    const next = { ...this.person, otpauthUri: totp.toString() };
    const code = freshCode(next);
    this.unanswered = { rise: true, code, key: next };
    const enrolment = shown.searchParams.get('enrolment') ?? '';
    const confirmed = await this.#answered(
      this.portal.post('/settings/two-factor/one-time-code/confirm', { enrolment, code }),
    );
    assert.equal(confirmed.status, 303, confirmed.body);
    this.unanswered = {};
    this.person = next;
    this.level = 2;
    this.spentCodes.splice(0, this.spentCodes.length, code);
  }

  /** From a path of the portal, through whatever it asks, to the address outside that it leads to. */
  async walk(path: string): Promise<URL> {
    let at = path;
    let answer = await this.#answered(this.portal.get(at));
    for (let steps = 0; steps < 12; steps++) {
      if (answer.status === 302 || answer.status === 303) {
        const next = locationOf(answer);
        if (next.host !== this.portal.host) return next;
        at = next.pathname + next.search;
        answer = await this.#answered(this.portal.get(at));
        continue;
      }
      const action = /<form[^>]*action="([^"]+)"/.exec(answer.body)?.[1]?.replaceAll('&amp;', '&') ?? at;
      answer = await this.#fill(action, answer);
      assert.equal(answer.status, 303, answer.body);
    }
    throw new Error(`the way from ${path} does not end`);
  }

  async #fill(action: string, page: Answer): Promise<Answer> {
    const { username, password } = this.person;
    if (page.body.includes('name="password"')) {
      this.unanswered.rise = true;
      const answer = await this.#answered(this.portal.post(action, { username, password }));
      delete this.unanswered.rise;
      if (answer.status === 303) this.level = 1;
      return answer;
    }
    if (page.body.includes('name="code"')) {
      const code = freshCode(this.person);
      this.unanswered = { rise: true, code };
      const answer = await this.#answered(this.portal.post(action, { username, code }));
      this.unanswered = {};
      if (answer.status === 303) {
        this.level = 2;
        this.spentCodes.push(code);
      }
      return answer;
    }
    assert.match(page.body, /name="decision"/, `${action} answered ${page.status}`);
    const answer = await this.#answered(this.portal.post(action, { username, decision: 'accept', remember: 'true' }));
    if (answer.status === 303) this.consented = true;
    return answer;
  }

  async #answered(answer: Promise<Answer>): Promise<Answer> {
    const arrived = await answer;
    this.#onAnswer();
    return arrived;
  }
}

function locationOf({ status, headers, body }: Answer): URL {
  assert.ok(headers.location !== undefined, `${status} leads nowhere: ${body.slice(0, 600)}`);
  return new URL(headers.location, 'https://auth.example.com');
}
