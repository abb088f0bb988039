/** What the forms of a key bring along, and what a person is told when it was not taken. */
import type { Say } from '@gatehouse/words/say.ts';
import { textOf } from '../visit.ts';
import { answerCharactersMax } from './response.ts';
import type { Answer, ProofAnswer } from './webauthn.ts';
import { wordsIn } from './webauthn.words.ts';

export type Failed = Exclude<ProofAnswer, { readonly kind: 'verified' }>;

export const statusOf: Readonly<Record<Failed['kind'], number>> = {
  gone: 403,
  refused: 401,
  copied: 401,
  limited: 429,
};

/** Undefined: the script of the page has not run. */
export function readAnswer(form: Readonly<Record<string, unknown>>): Answer | undefined {
  const ceremony = textOf(form, 'ceremony');
  const response = textOf(form, 'response', answerCharactersMax);
  return ceremony === '' || response === '' ? undefined : { ceremony, response };
}

/** `another`: whether they have another way. */
export function problemOf(
  say: Say,
  answer: Failed,
  { refused, another, nowMs }: { readonly refused: string; readonly another: boolean; readonly nowMs: number },
): string {
  const words = wordsIn(say);
  if (answer.kind === 'limited') return words.limited(Math.max(1, Math.ceil((answer.retryAtMs - nowMs) / 60_000)));
  if (answer.kind === 'copied') return words.copied(another);
  return answer.kind === 'refused' ? refused : words.gone;
}
