/**
 * The keys of the pages: what is pressed, and what it does. The list that people see is made from it (`shortcut-list.ts`), and
 * so is what listens (`shortcutsOf`): no key works that is not listed. Knows no screen.
 */
import { marked } from '@gatehouse/words/say.ts';
import { escapeKey, modKey, type Shortcut, undoKey } from './shortcuts.ts';

export type Entry = { readonly keys: readonly string[]; readonly does: string };
type Group = Readonly<Record<string, Entry>>;

const undo: Entry = { keys: [modKey, undoKey], does: marked('Undo what the last message tells of') };

const everywhere = {
  newToDo: { keys: ['c'], does: marked('New to-do') },
  palette: { keys: [modKey, 'k'], does: marked('Go to, find or do anything') },
  shortcuts: { keys: ['?'], does: marked('Show these shortcuts') },
  home: { keys: ['g', 'h'], does: marked('Go to Home') },
  day: { keys: ['g', 'd'], does: marked('Go to your day') },
  undo,
} as const satisfies Group;

const toDos = {
  next: { keys: ['j'], does: marked('To the next to-do') },
  previous: { keys: ['k'], does: marked('To the one before') },
  done: { keys: ['d'], does: marked('Mark it as done') },
  select: { keys: ['x'], does: marked('Select it; then act on all that are selected') },
  selectTo: { keys: ['X'], does: marked('Select all from the one selected last to this one') },
} as const satisfies Group;

const project = {
  board: { keys: ['g', 'b'], does: marked('Go to the board of this project') },
  list: { keys: ['g', 'l'], does: marked('Go to the list of this project') },
  table: { keys: ['g', 't'], does: marked('Go to the table of this project') },
  overview: { keys: ['g', 'o'], does: marked('Go to the overview of this project') },
  timeline: { keys: ['g', 'r'], does: marked('Go to the timeline of this project') },
  milestones: { keys: ['g', 'm'], does: marked('Go to the milestones of this project') },
  sprints: { keys: ['g', 's'], does: marked('Go to the sprints of this project') },
  goals: { keys: ['g', 'a'], does: marked('Go to the goals of this project') },
  find: { keys: ['/'], does: marked('Find in this project') },
} as const satisfies Group;

const focus = {
  done: { keys: ['d'], does: marked('Done, and on to the next thing') },
  later: { keys: ['l'], does: marked('Later, and on to the next thing') },
  leave: { keys: [escapeKey], does: marked('Leave') },
  undo,
} as const satisfies Group;

export const listened = { everywhere, toDos, project, focus };
type Listened = keyof typeof listened;

/** What listens: for every key of a group what it runs, and none is forgotten. */
export function shortcutsOf<Name extends Listened>(
  name: Name,
  runs: Readonly<Record<keyof (typeof listened)[Name], () => void>>,
): Shortcut[] {
  const group: Group = listened[name];
  const byId: Readonly<Record<string, () => void>> = runs;
  return Object.entries(group).flatMap(([id, { keys }]) => {
    const run = byId[id];
    return run ? [{ keys, run }] : [];
  });
}
