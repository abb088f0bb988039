/** Asks the workspace over HTTP as one of its people, and how long so many of 100 answers take. Knows no route. */
import type { PreparedWorkspace } from './workspace-house.ts';

/** Answers with the body: JSON where it is, text otherwise. Whoever comes with that turn asks. */
export type Ask = (turn: number, method: string, path: string, body?: object) => Promise<unknown>;

/** Throws when an answer is a refusal. Paths are those of the API, but for ones that begin with `/calendar/`. */
export function askerOf({ origin, cookies }: Pick<PreparedWorkspace, 'origin' | 'cookies'>): Ask {
  const place = origin.replace('projects.localhost', '127.0.0.1');
  return async function ask(turn, method, path, body) {
    const answer = await fetch(`${place}${path.startsWith('/calendar/') ? '' : '/api/v1'}${path}`, {
      method,
      headers: { cookie: cookies[turn % cookies.length] ?? '', origin, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.headers.get('content-type')?.startsWith('application/json') ? answer.json() : answer.text();
  };
}

export type Asking = { readonly callers: number; readonly asksEach: number };

/** In milliseconds, of every answer, after a tenth as many that do not count. */
export async function timesOf(
  request: (turn: number) => Promise<unknown>,
  { callers, asksEach }: Asking,
): Promise<readonly number[]> {
  let next = 0;
  const times: number[] = [];
  const warm = Math.ceil((callers * asksEach) / 10);
  async function call(): Promise<void> {
    for (let done = 0; done < asksEach + asksEach / 10; done++) {
      const turn = next++;
      const start = performance.now();
      await request(turn);
      if (turn >= warm) times.push(performance.now() - start);
    }
  }
  await Promise.all(Array.from({ length: callers }, call));
  return times;
}

export function percentile95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}
