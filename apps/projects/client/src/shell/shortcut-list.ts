/**
 * Every key there is, as people see them: those of the pages, and those of the things that have focus, which listen themselves.
 * Comes when it is asked for.
 */
import { marked } from '@gatehouse/words/say.ts';
import { type Entry, listened } from './shortcut-table.ts';
import { escapeKey as esc, isLetter, modKey as mod } from './shortcuts.ts';

const enter = marked('Enter');
const shift = marked('Shift');
const space = marked('Space');

const everywhere: readonly Entry[] = Object.values(listened.everywhere);
const toDos: readonly Entry[] = Object.values(listened.toDos);
const project: readonly Entry[] = Object.values(listened.project);
const focus: readonly Entry[] = Object.values(listened.focus);
const ofPages = [...everywhere, ...toDos, ...project, ...focus];

const cards: readonly Entry[] = [
  { keys: ['↑', '↓'], does: marked('From card to card') },
  { keys: [enter], does: marked('Open it') },
  { keys: ['→'], does: marked('To its handle and its menu') },
  { keys: [enter], does: marked('On the handle: pick the card up, and put it down') },
  { keys: [marked('Tab')], does: marked('While a card is held: to the next column. ↑ and ↓: to the place in it') },
  { keys: [space], does: marked('Select it') },
  { keys: [shift, '↓'], does: marked('Select the next one too') },
  { keys: [mod, 'a'], does: marked('Select the whole column') },
  { keys: ['←', '→'], does: marked('In the bar of what is selected: from one to the next') },
  { keys: [esc], does: marked('Put back what is held; select nothing') },
];

const choices: readonly Entry[] = [
  { keys: [enter], does: marked('Show the choices, and take one') },
  { keys: ['↑', '↓'], does: marked('From choice to choice; first letters go there as well') },
  { keys: [space], does: marked('Take several, one after another') },
  { keys: [esc], does: marked('Close') },
];

const writing: readonly Entry[] = [
  { keys: [enter], does: marked('In a line: keep it, and write the next one') },
  { keys: [mod, enter], does: marked('In a text: keep it, or send the comment') },
  { keys: [esc], does: marked('Leave') },
];

const line: readonly Entry[] = [
  { keys: [marked('fri')], does: marked('At the end: when it is due. Also tomorrow, 24 dec, in 3 days, next week') },
  { keys: ['!1'], does: marked('Priority, from !1, the most pressing, to !5') },
  { keys: ['@'], does: marked('Whose it is, by the start of a name') },
  { keys: ['#'], does: marked('A tag') },
  { keys: ['+'], does: marked('The project, by its key') },
  { keys: ['~2h'], does: marked('Planned hours; ~30m are minutes') },
  { keys: ['~m'], does: marked('Effort, from ~xs to ~xxl') },
  { keys: ['\\'], does: marked('Before a sign: it is only a word, as is what stands in double quotes') },
];

const text: readonly Entry[] = [
  { keys: [marked('Alt'), 'F10'], does: marked('To the tools above it; ← and → go from one to the next') },
  { keys: [mod, 'b'], does: marked('Bold') },
  { keys: [mod, 'i'], does: marked('Italic') },
  { keys: [mod, 'k'], does: marked('Link') },
  { keys: ['#', space], does: marked('Heading') },
  { keys: ['-', space], does: marked('List') },
  { keys: ['1.', space], does: marked('Numbered list') },
  { keys: ['>', space], does: marked('Quotation') },
  { keys: ['```', space], does: marked('Code') },
  { keys: ['@'], does: marked('Name somebody; ↑ and ↓ choose') },
];

const days: readonly Entry[] = [
  { keys: ['←', '→'], does: marked('On the timeline: move a milestone, or its end, by a day') },
  { keys: [shift, '→'], does: marked('By a week') },
  { keys: ['↑', '↓'], does: marked('In the day: earlier or later') },
  { keys: [shift, '↓'], does: marked('In the day: make it longer') },
  { keys: [enter], does: marked('Open it; or keep it where it was moved to') },
  { keys: [marked('Delete')], does: marked('In the day: take it off') },
];

type Listed = { readonly name: string; readonly entries: readonly Entry[] };

const shortcutList: readonly Listed[] = [
  { name: marked('Everywhere'), entries: everywhere },
  { name: marked('On Home and in a project'), entries: toDos },
  { name: marked('In a project'), entries: project },
  { name: marked('On a board'), entries: cards },
  { name: marked('In a list of choices'), entries: choices },
  { name: marked('While writing'), entries: writing },
  { name: marked('In the line of a new to-do'), entries: line },
  { name: marked('In a text with form'), entries: text },
  { name: marked('On the timeline and in the day'), entries: days },
  { name: marked('With one thing alone'), entries: focus },
];

/** A large letter is a small one with Shift. */
const asPressed = (entry: Entry): Entry => ({
  ...entry,
  keys: entry.keys.flatMap((key) => (/^[A-Z]$/.test(key) ? [shift, key.toLowerCase()] : [key])),
});

/** Those that work now. What has focus itself listens to letters also where the pages do not. */
export function listShortcuts(lettersWork: boolean): readonly Listed[] {
  const works = (entry: Entry): boolean => lettersWork || !(ofPages.includes(entry) && isLetter(entry.keys[0]));
  return shortcutList
    .map(({ name, entries }) => ({ name, entries: entries.filter(works).map(asPressed) }))
    .filter(({ entries }) => entries.length > 0);
}
