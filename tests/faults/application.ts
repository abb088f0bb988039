/**
 * An application that asks for tokens all day and remembers what every answer brought: which access tokens must be known,
 * which codes and refresh tokens are used up. What was asked for and not answered counts as neither.
 */
import assert from 'node:assert/strict';
import type { Person } from '../browser/verbs.ts';
import { type Answer, authorizationRequest, exchange, HttpPerson, seedClient } from '../house/http-person.ts';

const machine = { id: 'machine', secret: 'a secret of this test' };
/** Renewed so often, then the next sign-in. */
const renewalsMax = 4;

type Chain = { access: string; refresh: string; readonly used: string[]; renewals: number; isOpen: boolean };

export class Application {
  /** Tokens that answers brought. */
  given = 0;
  readonly #person: Person;
  readonly #browser: HttpPerson;
  readonly #onAnswer: () => void;
  readonly #codes: { code: string; verifier: string }[] = [];
  readonly #chains: Chain[] = [];
  readonly #ownTokens: string[] = [];
  #chain: Chain | undefined;

  constructor(person: Person, port: number, onAnswer: () => void) {
    this.#person = person;
    this.#browser = new HttpPerson(port);
    this.#onAnswer = onAnswer;
  }

  close(): void {
    this.#browser.close();
  }

  /** The next thing it does: a sign-in, a renewal or a token of its own. */
  async work(): Promise<void> {
    if (this.#chain === undefined || this.#chain.renewals >= renewalsMax) {
      await this.#signIn();
      await this.#askForItself();
    } else await this.#renew(this.#chain);
  }

  /**
   * Every token that was given is known, and nothing that was used is worth anything again. The latter takes back what hangs
   * on it, so it comes last.
   */
  async assertKept(): Promise<void> {
    for (const token of this.#ownTokens) assert.ok(await this.#isActive(token, machine), 'a token of its own is lost');
    for (const chain of this.#chains) {
      // A renewal whose answer never came may have happened, and then took the access token with it.
      if (chain.isOpen) continue;
      assert.ok(await this.#isActive(chain.access, seedClient), 'an access token is lost');
      assert.equal((await this.#refresh(chain.refresh)).status, 200, 'a refresh token is lost');
    }
    for (const chain of this.#chains)
      for (const refresh of chain.used) {
        const answer = await this.#refresh(refresh);
        assert.equal(answer.status, 400, `a used refresh token was answered with ${answer.status}`);
      }
    for (const { code, verifier } of this.#codes)
      assert.equal((await exchange(this.#browser, code, verifier)).status, 400, 'a used code works again');
  }

  async #signIn(): Promise<void> {
    const asked = authorizationRequest({ scope: 'openid profile offline_access' });
    const callback = await this.#browser.authorize(this.#person, asked);
    this.#onAnswer();
    const code = callback.searchParams.get('code') ?? '';
    assert.notEqual(code, '', callback.search);
    const tokens = await this.#answered(exchange(this.#browser, code, asked.verifier));
    const chain = {
      access: String(tokens.access_token),
      refresh: String(tokens.refresh_token),
      used: [],
      renewals: 0,
      isOpen: false,
    };
    this.#codes.push({ code, verifier: asked.verifier });
    this.#chains.push(chain);
    this.#chain = chain;
  }

  async #renew(chain: Chain): Promise<void> {
    chain.isOpen = true;
    const tokens = await this.#answered(this.#refresh(chain.refresh));
    chain.used.push(chain.refresh);
    chain.access = String(tokens.access_token);
    chain.refresh = String(tokens.refresh_token);
    chain.renewals++;
    chain.isOpen = false;
  }

  async #askForItself(): Promise<void> {
    const form = { grant_type: 'client_credentials', client_id: machine.id, client_secret: machine.secret };
    const tokens = await this.#answered(this.#post('/api/oidc/token', form));
    this.#ownTokens.push(String(tokens.access_token));
  }

  #refresh(refresh: string): Promise<Answer> {
    return this.#post('/api/oidc/token', {
      grant_type: 'refresh_token',
      refresh_token: refresh,
      client_id: seedClient.id,
      client_secret: seedClient.secret,
    });
  }

  async #isActive(token: string, client: { id: string; secret: string }): Promise<boolean> {
    const form = { token, client_id: client.id, client_secret: client.secret };
    const answer = await this.#post('/api/oidc/introspection', form);
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body).active === true;
  }

  #post(path: string, form: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#browser.post(path, form, { Accept: 'application/json' });
  }

  async #answered(asked: Promise<Answer>): Promise<Record<string, unknown>> {
    const answer = await asked;
    assert.equal(answer.status, 200, answer.body);
    const tokens = JSON.parse(answer.body);
    this.given++;
    this.#onAnswer();
    return tokens;
  }
}
