/** Talks to the API: one function a request, JSON both ways. A refusal is thrown as `ApiProblem` with its own words. */

import { marked } from '@gatehouse/words/say.ts';
import type { Problem, ProblemBody } from '../../../wire/problem.ts';
import type { MovedTo } from '../../../wire/to-do.ts';
import { saying } from '../words/say.ts';
import { isSignOutHeard, keepAgain } from './kept.ts';
import { ApiProblem, isUndecided } from './problem.ts';

const unreachable: Problem = {
  code: 'server.failed',
  what: marked('The server cannot be reached.'),
  why: marked('The network or the server is down.'),
  do: marked('Check your connection and try again. Nothing was saved.'),
};

let personId: string | undefined;

/** From now on nothing is sent in anybody else's name, whoever else signs in in this browser. */
export function speakFor(id: string): void {
  personId = id;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Throws `ApiProblem`. */
export async function callApi<Answer>(method: Method, path: string, body?: object): Promise<Answer> {
  const json = method === 'GET' ? {} : { 'content-type': 'application/json' };
  const init: RequestInit = { method, headers: json };
  if (body) init.body = JSON.stringify(body);
  return answerOf<Answer>(await send(path, init));
}

/** Sends a file as it is. Throws `ApiProblem`. */
export async function uploadToApi<Answer>(
  path: string,
  file: File,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/octet-stream' }, body: file };
  return answerOf<Answer>(await send(path, init));
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  if (response.status === 204) return undefined as Answer;
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Answer;
  throw isProblemBody(answer)
    ? new ApiProblem(response.status, answer.error, answer.movedTo)
    : new ApiProblem(response.status, unreachable);
}

let wroteAtMs = Number.NEGATIVE_INFINITY;

/** Whether this page itself changed something just now, so that what it is told of its own doing is no news. */
export function wroteJustNow(withinMs: number): boolean {
  return performance.now() - wroteAtMs < withinMs;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  if (init.method !== 'GET') wroteAtMs = performance.now();
  try {
    const headers = new Headers(init.headers);
    if (personId !== undefined) headers.set('x-person', personId);
    const wasSignedOut = isSignOutHeard();
    const response = await fetch(`/api/v1${path}`, { ...init, headers });
    if (wasSignedOut && response.ok) keepAgain();
    return response;
  } catch {
    throw new ApiProblem(0, unreachable);
  }
}

function isProblemBody(answer: unknown): answer is ProblemBody & Partial<MovedTo> {
  return typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'object';
}

/** A key that makes a repeated creation harmless (`creationKey` of the API). */
export function newCreationKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What to tell the person about something that went wrong, in the language of the page. */
export function sayProblem(error: unknown): string {
  const say = saying();
  return error instanceof ApiProblem ? sayWhy(error.problem) : say('Something went wrong. Try again.');
}

export function sayWhy({ what, do: whatToDo, sentences, values }: Problem): string {
  const say = saying();
  const told = sentences ?? { what, why: undefined, do: whatToDo };
  return [told.what, told.why, told.do]
    .flatMap((text) => (text === undefined ? [] : say.marked(text, values)))
    .join(' ');
}

/** Whether the session has ended meanwhile. The page stays as it is, for somebody may be typing in it. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

/** Whether the session is somebody else's by now. Nothing of this page is taken until its own person is back. */
export function isOtherPerson(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.code === 'session.other_person';
}

/** Whether the same may be done again later: nothing was decided about it. */
export function mayWorkLater(error: unknown): boolean {
  return isSignedOut(error) || isOtherPerson(error) || isUndecided(error);
}
