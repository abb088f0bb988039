/**
 * Somebody who works in the workspace without a pause and remembers what every answer said. What was asked for and not
 * answered may have happened or not: both are right, until it is asked for again.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

/** What the server may hold of a to-do: more than one value only where an answer is missing. */
export type Expected = {
  titles: Set<string>;
  statusIds: Set<string>;
  /** The place among all; undefined while a move or a creation is open. */
  rank: string | undefined;
  version: number;
  /** A change of it was asked for and not answered. */
  isOpen: boolean;
};
type Seen = { title: string; statusId: string; rank: string; version: number };
export type Team = { readonly origin: string; readonly tokens: readonly string[]; statusIds: string[] };

type Answer = { readonly status: number; readonly body: Record<string, never> };
type Request = { readonly method: string; readonly path: string; readonly body: object };

export class Worker {
  readonly toDos = new Map<number, Expected>();
  readonly comments: string[] = [];
  readonly #team: Team;
  readonly #token: string;
  #count = 0;
  /** Creations that were not answered, and what an answer means. */
  readonly #open: { request: Request; onAnswer: (answer: Answer) => void }[] = [];

  constructor(team: Team, token: string) {
    this.#team = team;
    this.#token = token;
  }

  async makeProject(): Promise<void> {
    const { body } = await this.#ask({
      method: 'POST',
      path: '/projects',
      body: { creationKey: randomUUID(), name: 'Website', key: 'WEB' },
    });
    const { project } = body as unknown as { project: { statuses: { id: string }[] } };
    this.#team.statusIds = project.statuses.map(({ id }) => id);
  }

  /** Until the lights go out. In the dark an answer may be missing; one that came and is wrong is a failure always. */
  async work(isDark: () => boolean): Promise<void> {
    while (!isDark())
      try {
        await this.#next();
      } catch (cause) {
        if (!isDark() || !(cause instanceof Unanswered)) throw cause;
      }
  }

  /** Sends again what was not answered: it is done now, once. */
  async askAgain(): Promise<void> {
    for (const { request, onAnswer } of this.#open.splice(0)) onAnswer(await this.#ask(request));
    for (const [number, expected] of this.toDos) {
      if (!expected.isOpen) continue;
      const { body } = await this.#ask({ method: 'GET', path: `/projects/WEB/to-dos/${number}`, body: {} });
      const { toDo } = body as unknown as { toDo: Seen };
      assert.ok(expected.titles.has(toDo.title), `to-do ${number} is “${toDo.title}”`);
      assert.ok(expected.statusIds.has(toDo.statusId), `to-do ${number} is not where it was moved`);
      this.toDos.set(number, known(toDo));
    }
  }

  async #next(): Promise<void> {
    const count = ++this.#count;
    const numbers = [...this.toDos.keys()];
    const number = numbers[count % Math.max(1, numbers.length)];
    if (number === undefined || count % 4 === 0) return this.#create();
    if (count % 4 === 1) return this.#comment(number);
    return count % 4 === 2 ? this.#move(number) : this.#rename(number);
  }

  #create(): Promise<void> {
    const title = `To-do ${randomUUID()}`;
    const body = { creationKey: randomUUID(), title };
    return this.#make({ method: 'POST', path: '/projects/WEB/to-dos', body }, (answer) => {
      const { card } = answer.body as unknown as { card: Seen & { number: number } };
      assert.ok(!this.toDos.has(card.number), 'a number was given twice');
      assert.equal(card.title, title);
      this.toDos.set(card.number, known(card));
    });
  }

  #comment(number: number): Promise<void> {
    const text = `Said ${randomUUID()}`;
    const body = { creationKey: randomUUID(), body: text };
    return this.#make({ method: 'POST', path: `/projects/WEB/to-dos/${number}/comments`, body }, () => {
      this.comments.push(text);
    });
  }

  /** What the answer means is remembered once it is there, now or when it is sent again. */
  async #make(request: Request, onAnswer: (answer: Answer) => void): Promise<void> {
    const open = { request, onAnswer };
    this.#open.push(open);
    onAnswer(await this.#ask(request));
    this.#open.splice(this.#open.indexOf(open), 1);
  }

  async #move(number: number): Promise<void> {
    const expected = this.#expected(number);
    const { statusIds } = this.#team;
    const statusId = statusIds[this.#count % statusIds.length] ?? '';
    expected.statusIds.add(statusId);
    expected.rank = undefined;
    expected.isOpen = true;
    const path = `/projects/WEB/to-dos/${number}/move`;
    const now = this.#settle(
      expected,
      await this.#ask({ method: 'POST', path, body: { statusId, afterNumber: null } }),
    );
    assert.equal(now.statusId, statusId, 'a move was answered with another column');
  }

  async #rename(number: number): Promise<void> {
    const expected = this.#expected(number);
    const title = `Renamed ${randomUUID()}`;
    const { version } = expected;
    expected.titles.add(title);
    expected.isOpen = true;
    const path = `/projects/WEB/to-dos/${number}`;
    const now = this.#settle(expected, await this.#ask({ method: 'PATCH', path, body: { version, title } }));
    assert.equal(now.title, title, 'a change was answered with another title');
  }

  #expected(number: number): Expected {
    const expected = this.toDos.get(number);
    assert.ok(expected);
    return expected;
  }

  #settle(expected: Expected, { body }: Answer): Seen {
    const { card, toDo } = body as unknown as { card?: Seen; toDo?: Seen };
    const now = card ?? toDo;
    assert.ok(now, JSON.stringify(body));
    assert.ok(now.version > expected.version, 'a version was given again');
    Object.assign(expected, known(now));
    return now;
  }

  async #ask({ method, path, body }: Request): Promise<Answer> {
    const init = {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    };
    const { response, text } = await this.#fetch(path, init);
    assert.ok(response.ok, `${method} ${path} answered ${response.status}: ${text}`);
    return { status: response.status, body: JSON.parse(text) };
  }

  async #fetch(path: string, init: RequestInit): Promise<{ response: Response; text: string }> {
    try {
      const response = await fetch(`${this.#team.origin}/api/v1${path}`, init);
      return { response, text: await response.text() };
    } catch (cause) {
      throw new Unanswered(`${init.method} ${path} was not answered`, { cause });
    }
  }
}

/** The connection broke, or there was none. */
class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

function known({ title, statusId, rank, version }: Seen): Expected {
  return { titles: new Set([title]), statusIds: new Set([statusId]), rank, version, isOpen: false };
}
