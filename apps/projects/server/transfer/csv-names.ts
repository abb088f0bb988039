/**
 * The names of columns: ours, as they are written, and what other programs call the same, Leantime's table and its database
 * among them, and spreadsheets of the languages of the workspace. Pure.
 */
import type { CsvField } from '../../wire/csv.ts';
import { inEveryLanguage } from './csv-words.ts';

export const csvHeaders: Readonly<Record<CsvField, string>> = {
  number: 'Number',
  title: 'Title',
  description: 'Description',
  type: 'Type',
  status: 'Status',
  priority: 'Priority',
  effort: 'Effort',
  assignees: 'Assignees',
  tags: 'Tags',
  milestone: 'Milestone',
  sprint: 'Sprint',
  parent: 'Part of',
  dueOn: 'Due',
  workStartOn: 'Work starts',
  workEndOn: 'Work ends',
  plannedHours: 'Planned hours',
  remainingHours: 'Remaining hours',
};

/** Without case, spaces and signs: "Due Date", "due_date" and "dueDate" are one. */
const otherNames: Readonly<Record<CsvField, readonly string[]>> = {
  number: ['id', 'key', 'nr', 'no', 'ticketid', 'issuekey', 'issueid'],
  title: [
    ...['headline', 'name', 'summary', 'todo', 'task', 'todotitle', 'subject', 'cardname'],
    ...['taskname', 'tasktitle', 'todoname', 'itemname', 'issuetitle', 'workitem'],
    ...['aufgabe', 'bezeichnung', 'betreff', 'thema', 'tâche', 'objet', 'nom', 'tarea', 'asunto', 'nombre'],
  ],
  description: [
    'details',
    'body',
    'text',
    'notes',
    'carddescription',
    'notiz',
    'notizen',
    'bemerkung',
    'remarques',
    'notas',
  ],
  type: ['todotype', 'issuetype', 'tickettype', 'typ', 'tipo'],
  status: ['state', 'column', 'list', 'listname', 'todostatus', 'stand', 'statut'],
  priority: ['prio', 'importance'],
  effort: ['storypoints', 'points', 'size', 'estimate'],
  assignees: [
    'assignee',
    'assignedto',
    'editor',
    'editoremail',
    'editorid',
    'assigneeemail',
    'user',
    'members',
    'owner',
    ...['wer', 'zuständig', 'verantwortlich', 'person', 'responsable', 'quién', 'qui'],
  ],
  tags: ['tag', 'labels', 'label', 'schlagworte', 'schlagwörter'],
  milestone: ['milestoneheadline', 'milestonetitle', 'milestonename', 'milestoneid'],
  sprint: ['sprintname', 'iteration'],
  parent: ['parent', 'parentid', 'dependingticketid', 'subtaskof', 'partof'],
  dueOn: [
    'duedate',
    'datetofinish',
    'deadline',
    'dueon',
    'fälligam',
    'fälligkeit',
    'frist',
    'termin',
    'bis',
    'wann',
    'datelimite',
    'fechalímite',
  ],
  workStartOn: ['editfrom', 'startdate', 'start', 'workstart', 'plannedstart', 'starton'],
  workEndOn: ['editto', 'enddate', 'end', 'workend', 'plannedend', 'endon'],
  plannedHours: ['hours', 'stunden', 'heures', 'horas', 'planhours', 'plannedhrs', 'estimatedhours'],
  remainingHours: ['hourremaining', 'hoursremaining', 'hoursleft', 'remaining'],
};

const fields = Object.keys(csvHeaders) as CsvField[];
const byName = new Map(
  fields.flatMap((field) =>
    [...inEveryLanguage(csvHeaders[field]), ...otherNames[field]].map((name) => [folded(name), field] as const),
  ),
);

/** What each column is, told by its name; a second one of the same kind counts for nothing. */
export function guessColumns(headers: readonly string[]): (CsvField | null)[] {
  const taken = new Set<CsvField>();
  return headers.map((header) => {
    const field = byName.get(folded(header));
    if (!field || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}

/** In how many of the first lines the names of the columns are looked for: above them a table may have a title. */
const headerLinesMax = 5;

/**
 * Which line has the names of the columns: the first that names a title and something else, or the first of all. One further
 * down does only where every line above it has fewer filled cells, as a title has: else it is a to-do that reads like names.
 */
export function headerIndex(lines: readonly (readonly string[])[]): number {
  const found = lines.slice(0, headerLinesMax).findIndex((cells) => {
    const known = guessColumns(cells).filter((field) => field !== null);
    return known.includes('title') && known.length > 1;
  });
  const above = lines.slice(0, Math.max(0, found));
  return above.every((cells) => countFilled(cells) < countFilled(lines[found] ?? [])) ? above.length : 0;
}

function countFilled(cells: readonly string[]): number {
  return cells.filter((cell) => cell !== '').length;
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
