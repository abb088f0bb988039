/** What people ask of a workspace day by day, each as a function of a turn: another person, project and to-do every time. */
import type { BoardAnswer, ToDoAnswer } from '../apps/projects/wire/to-do.ts';
import type { Ask } from './workspace-asking.ts';
import { feedSecretOf } from './workspace-people.ts';
import { dayFromToday, type Placed, sprintsEach, versionOf } from './workspace-shape.ts';

export type Request = (turn: number) => Promise<unknown>;
export type Requests = Readonly<Record<string, Request>>;

/** As made by `workspace-project.ts`: each is in a fifth of the to-dos. */
const commonWords = ['caterers', 'invitations', 'plants', 'mill', 'cards'];

export type Asked = {
  readonly ask: Ask;
  readonly projectKeys: readonly string[];
  readonly people: number;
  readonly toDosEach: number;
};

export async function dailyReads({ ask, ...where }: Asked): Promise<Requests> {
  const { keyOf, numberOf, discussedOf, longTalkOf } = placesOf(where);
  const board = (await ask(0, 'GET', `/projects/${keyOf(0)}/board`)) as BoardAnswer;
  const done = board.columns.at(-1)?.statusId;
  const get = (pathOf: (turn: number) => string): Request => {
    return (turn) => ask(turn, 'GET', pathOf(turn));
  };
  const today = dayFromToday(0);
  return {
    'Projects of a person': get(() => '/projects'),
    'The projects on home': get(() => '/my-projects'),
    'My work': get(() => '/my-work'),
    'A project': get((turn) => `/projects/${keyOf(turn)}`),
    'Overview of a project': get((turn) => `/projects/${keyOf(turn)}/overview?today=${today}`),
    'Its timeline, with 400 to-dos': get((turn) => `/projects/${keyOf(turn)}/timeline`),
    'Its milestones': get((turn) => `/projects/${keyOf(turn)}/milestones`),
    'The open milestones of all projects': get(() => '/milestones'),
    'Its sprints': get((turn) => `/projects/${keyOf(turn)}/sprints`),
    'To-dos of a sprint': get((turn) => `/projects/${keyOf(turn)}/sprints/${sprintIn(keyOf(turn))}/to-dos`),
    'Its backlog': get((turn) => `/projects/${keyOf(turn)}/backlog`),
    'Burndown of a sprint': get((turn) => `/projects/${keyOf(turn)}/sprints/${sprintIn(keyOf(turn))}/burndown`),
    'Its goals': get((turn) => `/projects/${keyOf(turn)}/goals`),
    'Values of a goal': get((turn) => `/projects/${keyOf(turn)}/goals/${keyOf(turn)}-goal-${turn % 5}/values`),
    'Notifications, behind the bell': get(() => '/me/notifications'),
    'A day': get(() => `/me/day-plan?day=${today}`),
    'A to-do with its history': get((turn) => `/projects/${keyOf(turn)}/to-dos/${numberOf(turn)}`),
    'Its comments': get((turn) => `/projects/${keyOf(turn)}/to-dos/${discussedOf(turn)}/comments`),
    '100 comments on one': get((turn) => `/projects/${keyOf(turn)}/to-dos/${longTalkOf(turn)}/comments`),
    'The next cards of a board, list or table': get(() => `/projects/${keyOf(0)}/to-dos?statusId=${done}&afterRank=a`),
    'Calendar feed of a person': get((turn) => `/calendar/ical/${feedSecretOf(`person-${turn % where.people}`)}.ics`),
  };
}

export function dailyWrites({ ask, ...where }: Asked): Requests {
  const { keyOf, numberOf, discussedOf } = placesOf(where);
  const toDoOf = (turn: number): string => `/projects/${keyOf(turn)}/to-dos/${numberOf(turn)}`;
  const versions = new Map<string, number>();
  return {
    'Making a to-do': (turn) =>
      ask(turn, 'POST', `/projects/${keyOf(turn)}/to-dos`, {
        creationKey: `benchmark-${String(turn).padStart(10, '0')}`,
        title: `Made by a benchmark ${turn}`,
      }),
    'Editing a field': async (turn) => {
      const path = toDoOf(turn);
      const place: Placed = { key: keyOf(turn), index: 0, people: [], toDos: where.toDosEach };
      const version = versions.get(path) ?? versionOf(numberOf(turn), place);
      const answer = (await ask(turn, 'PATCH', path, { version, plannedHours: 1 + (turn % 50) })) as ToDoAnswer;
      versions.set(path, answer.toDo.version);
    },
    'Adding a comment': (turn) =>
      ask(turn, 'POST', `/projects/${keyOf(turn)}/to-dos/${discussedOf(turn)}/comments`, {
        creationKey: `benchmark-${String(turn).padStart(10, '0')}`,
        body: 'It came this morning, and it is the right one.',
      }),
    'Moving a card': (turn) =>
      ask(turn, 'POST', `${toDoOf(turn)}/move`, { statusId: `${keyOf(turn)}-${turn % 5}`, afterNumber: null }),
  };
}

/** Nothing is promised of them. */
export function searches({ ask, toDosEach }: Asked): Requests {
  const search = (wordsOf: (turn: number) => string): Request => {
    return (turn) => ask(turn, 'GET', `/search?q=${encodeURIComponent(wordsOf(turn))}`);
  };
  return {
    'Searching a word that a fifth of the to-dos holds': search((turn) => commonWords[turn % commonWords.length] ?? ''),
    'Searching two words that few to-dos hold': search((turn) => `plants ${(turn % toDosEach) + 1}`),
  };
}

const sprintIn = (key: string): string => `${key}-sprint-${sprintsEach - 1}`;

/** For a turn: a project, and in it a to-do, one on which something is said, and one on which much is. */
function placesOf({ projectKeys, toDosEach }: Omit<Asked, 'ask'>) {
  const few = Math.max(1, Math.floor(toDosEach / 4));
  const long = Math.max(1, Math.floor(toDosEach / 400));
  return {
    keyOf: (turn: number): string => projectKeys[turn % projectKeys.length] ?? '',
    numberOf: (turn: number): number => (turn % Math.max(1, toDosEach - 10)) + 1,
    discussedOf: (turn: number): number => 4 * ((turn % few) + 1),
    longTalkOf: (turn: number): number => Math.min(400, toDosEach) * ((turn % long) + 1),
  };
}
