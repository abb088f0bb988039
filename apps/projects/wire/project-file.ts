/**
 * A whole project as one JSON file, for keeping and for moving between workspaces. Things are named by references that hold
 * within the file alone. The format has a version; a file of a version that is not known is refused.
 */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { reactions } from './comment.ts';
import { creationKey, day, hours, lengths, oneLine, prose } from './fields.ts';
import { filesOfProjectMax, filesOfToDoMax } from './file.ts';
import { checkInNoteMax, goalMilestonesMax, goalStatuses, goalsMax, goalUnits } from './goal.ts';
import { dependenciesMax, milestoneStatuses, milestonesMax } from './milestone.ts';
import { lights, updateTextMax } from './overview.ts';
import { projectKey, reportTypes, statusesMax, statusTones, visibilities } from './project.ts';
import { richText } from './rich-text.ts';
import { projectRoles } from './roles.ts';
import { sprintsMax } from './sprint.ts';
import { tagName, tagTones } from './tag.ts';
import { blockersMax, efforts, priorities, toDoTypes } from './to-do.ts';

export const projectFileFormat = 'gatehouse-project';
export const projectFileVersion = 1;

export const fileToDosMax = 20_000;
const perToDoMax = 2_000;

const ref = z.string().regex(/^[a-z]{1,8}\d{1,7}$/, marked('A reference is a few letters and a number.'));
/** Numbers of to-dos go on from there, and an address of one has nine digits. */
const number = z.int().min(1).max(99_999_999, marked('Numbers of to-dos end at {max}.'));
const instant = z.iso.datetime();
const value = z.number().min(-1e12).max(1e12);
const days = { startOn: day.nullable(), endOn: day.nullable() };
const made = { by: ref, at: instant };

const person = z.strictObject({
  ref,
  /** Of the workspace it comes from, where it finds the same person again. */
  id: z.string().min(1).max(64),
  name: oneLine(255),
  /** Only in files of people who manage people. */
  email: z.string().max(320).nullable(),
});
const status = z.strictObject({
  ref,
  name: oneLine(lengths.name),
  reportType: z.enum(reportTypes),
  tone: z.enum(statusTones),
  wipLimit: z.int().min(1).max(999).nullable(),
  onBoard: z.boolean(),
});
const milestone = z.strictObject({
  ref,
  title: oneLine(lengths.title),
  description: prose(lengths.description),
  tone: z.enum(statusTones),
  status: z.enum(milestoneStatuses),
  owner: ref.nullable(),
  ...days,
  dependsOn: z.array(ref).max(dependenciesMax),
  ...made,
});
const sprint = z.strictObject({
  ref,
  name: oneLine(lengths.name),
  aim: prose(500),
  startOn: day,
  endOn: day,
  closedAt: instant.nullable(),
  ...made,
});
const goal = z.strictObject({
  title: oneLine(lengths.title),
  description: prose(lengths.description),
  metric: oneLine(lengths.name),
  unit: z.enum(goalUnits),
  currency: z.string().length(3).nullable(),
  startValue: value,
  currentValue: value,
  targetValue: value,
  status: z.enum(goalStatuses),
  owner: ref.nullable(),
  ...days,
  milestones: z.array(ref).max(goalMilestonesMax),
  values: z
    .array(z.strictObject({ value, status: z.enum(goalStatuses), note: prose(checkInNoteMax), ...made }))
    .max(5_000),
  ...made,
});
const comment = z.strictObject({
  ref,
  replyTo: ref.nullable(),
  /** Null where it was removed and others had answered. */
  body: richText(lengths.comment).nullable(),
  editedAt: instant.nullable(),
  reactions: z.array(z.strictObject({ reaction: z.enum(reactions), by: ref })).max(perToDoMax),
  ...made,
});
const file = z.strictObject({
  name: oneLine(255),
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Base64; null when the file was written without contents. */
  content: z.base64().nullable(),
  ...made,
});
const toDo = z.strictObject({
  number,
  title: oneLine(lengths.title),
  description: richText(lengths.description),
  type: z.literal([...toDoTypes]),
  status: ref,
  priority: z.union([z.literal([...priorities]), z.null()]),
  effort: z.union([z.literal([...efforts]), z.null()]),
  assignees: z.array(ref).max(lengths.assignees),
  watchers: z.array(ref).max(perToDoMax),
  tags: z.array(tagName).max(lengths.tags),
  milestone: ref.nullable(),
  sprint: ref.nullable(),
  /** Numbers of this file. */
  parent: number.nullable(),
  blockedBy: z.array(number).max(blockersMax),
  dueOn: day.nullable(),
  workStartOn: day.nullable(),
  workEndOn: day.nullable(),
  plannedHours: hours.nullable(),
  remainingHours: hours.nullable(),
  completedAt: instant.nullable(),
  updatedAt: instant,
  comments: z.array(comment).max(perToDoMax),
  files: z.array(file).max(filesOfToDoMax),
  ...made,
});

export const projectFile = z.strictObject({
  format: z.literal(projectFileFormat, marked('This is no file of a project.')),
  version: z.literal(projectFileVersion, marked('This file has a version that is not known here.')),
  exportedAt: instant,
  project: z.strictObject({
    key: projectKey,
    name: oneLine(lengths.name),
    description: prose(lengths.description),
    state: z.enum(['open', 'archived']),
    visibility: z.enum(visibilities),
    client: z.string().max(100).nullable(),
    ...days,
    nextNumber: number,
  }),
  people: z.array(person).max(5_000),
  members: z.array(z.strictObject({ person: ref, role: z.union([z.literal([...projectRoles]), z.null()]) })).max(5_000),
  statuses: z.array(status).min(1).max(statusesMax),
  tags: z.array(z.strictObject({ name: tagName, tone: z.literal([...tagTones]) })).max(500),
  milestones: z.array(milestone).max(milestonesMax),
  sprints: z.array(sprint).max(sprintsMax),
  goals: z.array(goal).max(goalsMax),
  statusUpdates: z.array(z.strictObject({ light: z.enum(lights), text: prose(updateTextMax), ...made })).max(5_000),
  /** Of the project itself; those of to-dos stand with them. Files that were written before there were any go without. */
  files: z.array(file).max(filesOfProjectMax).default([]),
  /** In the order of the board. */
  toDos: z.array(toDo).max(fileToDosMax, marked('At most {max} to-dos.')),
});
export type ProjectFile = z.infer<typeof projectFile>;
export type FileToDo = ProjectFile['toDos'][number];
export type CarriedFile = ProjectFile['files'][number];

type PlacedFile = {
  /** A name of its own: `project.<file>` or `<to-do>.<file>`, counted from 0. */
  readonly place: string;
  /** Among those of the same to-do, or of the project. */
  readonly index: number;
  /** Null for one of the project itself. */
  readonly toDo: FileToDo | null;
  readonly file: CarriedFile;
};

/** Every file in it: first those of the project, then by to-do. */
export function carriedFiles({ files, toDos }: Pick<ProjectFile, 'files' | 'toDos'>): PlacedFile[] {
  const at = (where: string | number, toDo: FileToDo | null, some: readonly CarriedFile[]) =>
    some.map((file, index) => ({ place: `${where}.${index}`, index, toDo, file }));
  return [...at('project', null, files), ...toDos.flatMap((toDo, index) => at(index, toDo, toDo.files))];
}

export const previewProjectRequest = z.strictObject({ file: projectFile });
export const importProjectRequest = z.strictObject({
  creationKey,
  /** Default: the one in the file, or another when that is taken. */
  key: projectKey.optional(),
  name: oneLine(lengths.name).optional(),
  file: projectFile,
});
export type ImportProjectRequest = z.infer<typeof importProjectRequest>;

export const exportProjectQuery = z.strictObject({ files: z.literal('1').optional() });

export type ProjectPreview = {
  readonly name: string;
  readonly key: string;
  readonly counts: {
    readonly toDos: number;
    readonly comments: number;
    readonly milestones: number;
    readonly sprints: number;
    readonly goals: number;
    readonly files: number;
  };
  /** Files that are only named: they are not taken. */
  readonly filesWithoutContent: number;
  /** People of the file who are here too, by their names here. */
  readonly known: readonly string[];
  /** Who is not: their to-dos are given to nobody, and what they wrote is kept with their name before it. */
  readonly unknown: readonly string[];
  /** Whether what others wrote stays theirs; only people who manage people may bring in words of others as theirs. */
  readonly keepsAuthors: boolean;
};
export type ProjectPreviewAnswer = { readonly projectPreview: ProjectPreview };
export type ProjectImported = { readonly key: string };
