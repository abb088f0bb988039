/**
 * A refusal of the API: expected, returned and not thrown. The words a person reads stand here, `marked` for translation; the
 * client says them in the language of its page. `why` is for programs and for whoever looks closer, and stays English; but
 * what somebody may not do is told with its why.
 */
import { fillIn, marked, type Values } from '@gatehouse/words/say.ts';
import { lengths } from '../../wire/fields.ts';
import type { Problem, ProblemCode } from '../../wire/problem.ts';

export type Refusal = { readonly refused: true; readonly status: RefusalStatus; readonly problem: Problem };
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

export function isRefusal(answer: object): answer is Refusal {
  return 'refused' in answer;
}

function refuse(
  status: RefusalStatus,
  code: ProblemCode,
  what: string,
  why: string,
  whatToDo: string,
  values?: Values,
): Refusal {
  const problem: Problem = { code, what, why, do: whatToDo };
  if (!values) return { refused: true, status, problem };
  const filled = { ...problem, what: fillIn(what, values), do: fillIn(whatToDo, values) };
  return { refused: true, status, problem: { ...filled, sentences: { what, do: whatToDo }, values } };
}

/** Said also of what exists but is not the viewer's to see, so that nobody learns which it was. */
const missing = {
  project: {
    what: 'This project was not found.',
    todo: 'Check the address, or ask a manager of the project to let you in.',
  },
  'to-do': { what: 'This to-do was not found.', todo: 'Check its number, or look for it on the board.' },
  'one of several': {
    what: 'Not found in this project any more.',
    todo: 'Look in its trash: somebody may have put it there.',
  },
  change: { what: 'This change was not found.', todo: 'Load the page again: it may be undone already.' },
  comment: { what: 'This comment was not found.', todo: 'Load the page again: it may be removed.' },
  file: { what: 'This file was not found.', todo: 'Load the page again: it may be removed.' },
  tag: { what: 'This tag was not found.', todo: 'Load the page again: it may be removed.' },
  token: { what: 'This token was not found.', todo: 'Load the page again: it may be revoked already.' },
  person: { what: 'This person was not found.', todo: 'Load the page again: they may be gone.' },
  company: { what: 'This company was not found.', todo: 'Load the page again: it may be gone.' },
  column: { what: 'This column was not found.', todo: 'Load the page again: it may be gone.' },
  milestone: { what: 'This milestone was not found.', todo: 'Load the page again: it may be gone.' },
  sprint: { what: 'This sprint was not found.', todo: 'Load the page again: it may be gone.' },
  goal: { what: 'This goal was not found.', todo: 'Load the page again: it may be gone.' },
  view: { what: 'This view was not found.', todo: 'Load the page again: it may be gone.' },
  webhook: { what: 'This webhook was not found.', todo: 'Load the page again: it may be removed.' },
  delivery: { what: 'This delivery was not found.', todo: 'Load the page again: it may be cleared away.' },
  block: { what: 'This block was not found.', todo: 'Load the page again: it may be gone.' },
  address: { what: 'This address was not found.', todo: 'Check the address.' },
} as const;

export const notFound = (thing: keyof typeof missing): Refusal =>
  refuse(
    404,
    'not_found',
    missing[thing].what,
    thing === 'project'
      ? 'It does not exist, was deleted, or you may not see it.'
      : 'It does not exist, or not any more.',
    missing[thing].todo,
  );

/** What may not be done, why, and what to do, all three `marked`. `permit.ts` words most of them from the policy. */
export function denied(what: string, why: string, whatToDo: string): Refusal {
  const refusal = refuse(403, 'access.denied', what, why, whatToDo);
  return { ...refusal, problem: { ...refusal.problem, sentences: { what, why, do: whatToDo } } };
}

export const archived = (): Refusal =>
  denied(
    marked('This project is archived.'),
    marked('An archived project can be read and not changed.'),
    marked('A manager of the project can bring it back in its settings.'),
  );

type Versioned = 'to-do' | 'comment' | 'project' | 'company' | 'milestone' | 'sprint' | 'goal' | 'view';
export const changedMeanwhile = (thing: Versioned): Refusal =>
  refuse(
    409,
    'conflict.changed_meanwhile',
    marked('Somebody else changed this meanwhile.'),
    `Your change was made on an older state of this ${thing}.`,
    marked('Look at what is there now and make your change again.'),
  );

export const keyTaken = (key: string): Refusal =>
  refuse(
    409,
    'conflict.key_taken',
    marked('The key {key} is taken.'),
    'Another project has it; a key names one project only.',
    marked('Choose another key.'),
    { key },
  );

export const nameTaken = (name: string): Refusal =>
  refuse(
    409,
    'conflict.name_taken',
    marked('There is already one named {name}.'),
    'Two of one name could not be told apart.',
    marked('Choose another name, or use the one that is there.'),
    { name },
  );

export const lastOwner = (): Refusal =>
  refuse(
    409,
    'conflict.last_owner',
    marked('This is the last owner.'),
    'A workspace without an owner could not be changed any more.',
    marked('Make somebody else an owner first.'),
  );

export type WrongField = { readonly path: string; readonly message: string; readonly values?: Values | undefined };

/** Programs are told the field; for a person the message says enough. */
export function invalid(wrong: readonly WrongField[]): Refusal {
  const fields = wrong.map(({ path, message, values }) => ({ path, message: fillIn(message, values) }));
  const [first] = wrong;
  const [filled] = fields;
  const refusal = refuse(
    422,
    'request.invalid',
    filled
      ? `${filled.path ? `“${filled.path}”: ` : ''}${filled.message}`
      : marked('Something in the request is not right.'),
    'The request does not have the shape that is expected here.',
    marked('Change it and try again. Nothing was saved.'),
  );
  const said = first && {
    sentences: { what: first.message, do: refusal.problem.do },
    ...(first.values && { values: first.values }),
  };
  return { ...refusal, problem: { ...refusal.problem, ...said, fields } };
}

/** What is wrong with one of several, of which others may have been saved. */
export function problemOfOne({ problem }: Refusal): Problem {
  if (problem.code !== 'request.invalid') return problem;
  const whatToDo = marked('Change that first and try again.');
  const { what } = problem.sentences ?? problem;
  return { ...problem, do: whatToDo, sentences: { what, do: whatToDo } };
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

/** What people write that much is a text. */
export const tooLarge = (kilobytes: number): Refusal =>
  refuse(
    413,
    'request.too_large',
    marked('This is too long: {kilobytes} kB at most are taken at once.'),
    'The request is larger than requests may be here.',
    marked('A description has at most {max} characters. Make it shorter and try again. Nothing was saved.'),
    { kilobytes, max: lengths.description },
  );

export const csvTooLarge = (kilobytes: number): Refusal =>
  importTooLarge(kilobytes, marked('Divide it into several files. Nothing was saved.'));

export const projectTooLarge = (kilobytes: number): Refusal =>
  importTooLarge(kilobytes, marked('Export the project as JSON without its files, and add those afterwards.'));

function importTooLarge(kilobytes: number, whatToDo: string): Refusal {
  const what = marked('The file is too large: {megabytes} MB at most are taken here.');
  const why = 'It is held in memory while it is taken in.';
  return refuse(413, 'request.too_large', what, why, whatToDo, { megabytes: kilobytes / 1_000 });
}

export const fileTooLarge = (bytesMax: number): Refusal =>
  refuse(
    413,
    'request.too_large',
    marked('The file is too large: {megabytes} MB at most are taken here.'),
    'Whoever runs this workspace has set how large a file may be.',
    marked('Make it smaller, or put it where it belongs and add a link. Nothing was saved.'),
    { megabytes: Math.floor(bytesMax / 1_000_000) },
  );

export const foreignOrigin = (): Refusal =>
  refuse(
    403,
    'request.foreign_origin',
    marked('The request comes from another site.'),
    'Changes are taken from pages of this site only.',
    marked('Open this site and try again there.'),
  );

/** The store of files does not answer, or refuses; its words are in the log. */
export const filesAway = (): Refusal =>
  refuse(
    503,
    'server.files_away',
    marked('Files cannot be reached just now.'),
    'The place where files are kept does not answer as it should. Everything else works.',
    marked('Try again in a few minutes. If it stays, tell whoever runs this workspace.'),
  );

export const tooManyImports = (): Refusal =>
  refuse(
    429,
    'request.too_many',
    marked('Other large files are being read just now.'),
    'A whole project is held in memory while it is taken in, so only a few are at a time.',
    marked('Try again in a minute. Nothing was saved.'),
  );

export const tooManyStreams = (): Refusal =>
  refuse(
    429,
    'request.too_many',
    marked('Too many pages of this workspace are open.'),
    'Each open page is told live what changes, and there is a limit for each person.',
    marked('Close some of them. This one works; it shows changes of others when it is loaded again.'),
  );
