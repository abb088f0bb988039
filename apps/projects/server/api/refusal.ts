/** A refusal of the API: expected, returned and not thrown. The words a person reads stand here; the log keeps the code. */
import type { Problem, ProblemCode } from '../../wire/problem.ts';

export type Refusal = { readonly refused: true; readonly status: RefusalStatus; readonly problem: Problem };
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429;

export function isRefusal(answer: object): answer is Refusal {
  return 'refused' in answer;
}

function refuse(status: RefusalStatus, code: ProblemCode, what: string, why: string, whatToDo: string): Refusal {
  return { refused: true, status, problem: { code, what, why, do: whatToDo } };
}

/** Said also of what exists but is not the viewer's to see, so that nobody learns which it was. */
const remedies = {
  project: 'Check the address, or ask a manager of the project to let you in.',
  'to-do': 'Check its number, or look for it on the board.',
  change: 'Load the page again: it may be undone already.',
  comment: 'Load the page again: it may be removed.',
  file: 'Load the page again: it may be removed.',
  tag: 'Load the page again: it may be removed.',
  token: 'Load the page again: it may be revoked already.',
  person: 'Load the page again: they may be gone.',
  company: 'Load the page again: it may be gone.',
  column: 'Load the page again: it may be gone.',
  milestone: 'Load the page again: it may be gone.',
  sprint: 'Load the page again: it may be gone.',
  goal: 'Load the page again: it may be gone.',
  address: 'Check the address.',
} as const;

export const notFound = (thing: keyof typeof remedies): Refusal =>
  refuse(
    404,
    'not_found',
    `This ${thing} was not found.`,
    thing === 'project'
      ? 'It does not exist, was deleted, or you may not see it.'
      : 'It does not exist, or not any more.',
    remedies[thing],
  );

/** What may not be done, why, and what to do. `permit.ts` words most of them from the policy. */
export const denied = (what: string, why: string, whatToDo: string): Refusal =>
  refuse(403, 'access.denied', `You may not ${what}.`, why, whatToDo);

export const archived = (): Refusal =>
  refuse(
    403,
    'access.denied',
    'This project is archived.',
    'An archived project can be read and not changed.',
    'A manager of the project can bring it back in its settings.',
  );

type Versioned = 'to-do' | 'comment' | 'project' | 'company' | 'milestone' | 'sprint' | 'goal';
export const changedMeanwhile = (thing: Versioned): Refusal =>
  refuse(
    409,
    'conflict.changed_meanwhile',
    'Somebody else changed this meanwhile.',
    `Your change was made on an older state of this ${thing}.`,
    'Look at what is there now and make your change again.',
  );

export const keyTaken = (key: string): Refusal =>
  refuse(
    409,
    'conflict.key_taken',
    `The key ${key} is taken.`,
    'Another project has it; a key names one project only.',
    'Choose another key.',
  );

export const nameTaken = (name: string): Refusal =>
  refuse(
    409,
    'conflict.name_taken',
    `There is already one named ${name}.`,
    'Two of one name could not be told apart.',
    'Choose another name, or use the one that is there.',
  );

export const lastOwner = (): Refusal =>
  refuse(
    409,
    'conflict.last_owner',
    'This is the last owner.',
    'A workspace without an owner could not be changed any more.',
    'Make somebody else an owner first.',
  );

export function invalid(fields: readonly { path: string; message: string }[]): Refusal {
  const first = fields[0];
  const refusal = refuse(
    422,
    'request.invalid',
    first ? `${first.path ? `“${first.path}”: ` : ''}${first.message}` : 'Something in the request is not right.',
    'The request does not have the shape that is expected here.',
    'Change what is named and send it again. Nothing was saved.',
  );
  return { ...refusal, problem: { ...refusal.problem, fields } };
}

export const malformed = (): Refusal =>
  refuse(400, 'request.malformed', 'The request cannot be read.', 'Its body is not valid JSON.', 'Send JSON.');

export const notJson = (): Refusal =>
  refuse(
    415,
    'request.not_json',
    'The request is not JSON.',
    'Changes are taken as application/json only.',
    'Send the header Content-Type: application/json.',
  );

export const tooLarge = (kilobytes: number): Refusal =>
  refuse(
    413,
    'request.too_large',
    'The request is too large.',
    `At most ${kilobytes} kB are taken here.`,
    'Send less. Nothing was saved.',
  );

export const fileTooLarge = (bytesMax: number): Refusal =>
  refuse(
    413,
    'request.too_large',
    'The file is too large.',
    `A file has at most ${Math.floor(bytesMax / 1_000_000)} MB here.`,
    'Make it smaller, or put it where it belongs and add a link. Nothing was saved.',
  );

export const foreignOrigin = (): Refusal =>
  refuse(
    403,
    'request.foreign_origin',
    'The request comes from another site.',
    'Changes are taken from pages of this site only.',
    'Open this site and try again there.',
  );

export const tooManyStreams = (): Refusal =>
  refuse(
    429,
    'request.too_many',
    'Too many pages of this workspace are open.',
    'Each open page is told live what changes, and there is a limit for each person.',
    'Close some of them. This one works; it shows changes of others when it is loaded again.',
  );
