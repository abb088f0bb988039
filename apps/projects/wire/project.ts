/** Projects, their statuses and their members, as the API shows and takes them. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import type { ClientRef } from './client.ts';
import type { Day } from './days.ts';
import { creationKey, day, id, lengths, oneLine, prose, version } from './fields.ts';
import type { PersonRef } from './me.ts';
import type { Light } from './overview.ts';
import { type ProjectRole, projectRoles, type RoleNumber } from './roles.ts';

export const reportTypes = ['new', 'in_progress', 'done', 'none'] as const;
/** What a status means for counting, whatever its name is. */
export type ReportType = (typeof reportTypes)[number];

export const statusTones = ['grey', 'red', 'accent', 'amber', 'green'] as const;
export type StatusTone = (typeof statusTones)[number];

export type Status = {
  readonly id: string;
  readonly name: string;
  readonly reportType: ReportType;
  readonly tone: StatusTone;
  /** More cards than this are too many; null for no limit. */
  readonly wipLimit: number | null;
  readonly onBoard: boolean;
};

export const visibilities = ['restricted', 'clients', 'all'] as const;
export type Visibility = (typeof visibilities)[number];
export type ProjectState = 'open' | 'archived';

export type ProjectSummary = {
  readonly key: string;
  readonly name: string;
  readonly state: ProjectState;
  readonly visibility: Visibility;
  /** The company it is for. */
  readonly client: ClientRef | null;
  /** Kept at hand by the viewer. */
  readonly isFavourite: boolean;
  readonly may: ProjectMay;
};

/** What the viewer may do here, decided by the server, so that no client guesses. */
export type ProjectMay = {
  readonly editProject: boolean;
  readonly deleteProject: boolean;
  readonly manageMembers: boolean;
  readonly manageSettings: boolean;
  readonly duplicate: boolean;
  readonly shareViews: boolean;
  readonly createToDo: boolean;
  readonly editToDo: boolean;
  readonly deleteToDo: boolean;
  readonly purgeToDo: boolean;
  readonly watch: boolean;
  readonly comment: boolean;
  readonly moderateComments: boolean;
  readonly addFile: boolean;
  readonly removeFiles: boolean;
  readonly editMilestones: boolean;
  readonly editSprints: boolean;
  readonly editGoals: boolean;
  readonly addStatusUpdate: boolean;
  readonly manageTags: boolean;
  readonly manageWebhooks: boolean;
  readonly exportIt: boolean;
  readonly importInto: boolean;
};

export type Member = {
  readonly person: PersonRef;
  /** Null inherits the role of the whole workspace. */
  readonly role: ProjectRole | null;
  readonly effectiveRole: RoleNumber;
  readonly effectiveRoleName: string;
  /** A group of the provider let them in. */
  readonly byGroup: boolean;
};

export type Project = ProjectSummary & {
  readonly description: string;
  readonly version: number;
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly statuses: readonly Status[];
  readonly members: readonly Member[];
  readonly moreMembers: boolean;
  /** Everyone a to-do here can be given to; of very many members first. */
  readonly assignable: readonly PersonRef[];
  readonly moreAssignable: boolean;
};

export const projectKey = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,9}$/, marked('A key has 2 to 10 capital letters or digits and starts with a letter.'));

export const createProjectRequest = z.strictObject({
  creationKey,
  name: oneLine(lengths.name),
  key: projectKey.optional(),
  description: prose(lengths.description).optional(),
  visibility: z.enum(visibilities).optional(),
  clientId: id.nullable().optional(),
});
export type CreateProjectRequest = z.infer<typeof createProjectRequest>;

export const editProjectRequest = z
  .strictObject({
    version,
    name: oneLine(lengths.name).optional(),
    description: prose(lengths.description).optional(),
    visibility: z.enum(visibilities).optional(),
    clientId: id.nullable().optional(),
    startsOn: day.nullable().optional(),
    endsOn: day.nullable().optional(),
    state: z.enum(['open', 'archived']).optional(),
  })
  .refine((body) => Object.keys(body).length > 1, marked('Say at least one thing to change.'));
export type EditProjectRequest = z.infer<typeof editProjectRequest>;

export const deleteProjectRequest = z.strictObject({ version });

/** A project in the trash, with how much is in it. */
export type TrashedProject = {
  readonly key: string;
  readonly name: string;
  readonly deletedAt: string;
  readonly deletedBy: PersonRef;
  readonly toDos: number;
  readonly files: number;
};
export type TrashedProjectsAnswer = { readonly trashedProjects: readonly TrashedProject[] };

export const setMemberRequest = z.strictObject({ role: z.union([z.literal([...projectRoles]), z.null()]) });
export type SetMemberRequest = z.infer<typeof setMemberRequest>;

/** A project as home shows it. */
export type MyProject = {
  readonly key: string;
  readonly name: string;
  readonly isFavourite: boolean;
  /** As on its overview; null without to-dos. */
  readonly share: number | null;
  readonly open: number;
  /** How it was said to be going last; null when nobody said. */
  readonly light: Light | null;
};
export type MyProjectsAnswer = { readonly myProjects: readonly MyProject[] };

export type ProjectsAnswer = {
  readonly projects: readonly ProjectSummary[];
  readonly more: boolean;
  /** How many there are in the trash that the viewer may bring back. */
  readonly trashed: number;
};
export type ProjectAnswer = { readonly project: Project };
/** `name`: only people whose name holds these letters, the fitting ones of a list that is too long. */
export const peopleQuery = z.strictObject({ name: oneLine(100).optional() });
/** How many are answered where letters are given. */
export const foundPeopleMax = 50;
/** By name. Whom a project holds beyond the first of its members is found by letters of their name. */
export type MembersAnswer = { readonly members: readonly Member[]; readonly more: boolean };
export type PeopleAnswer = { readonly people: readonly PersonRef[]; readonly more: boolean };

/** What a column is set to; `wipLimit` null for none. */
const statusFields = {
  name: oneLine(lengths.name),
  reportType: z.enum(reportTypes),
  tone: z.enum(statusTones),
  wipLimit: z.int().min(1).max(999).nullable(),
  onBoard: z.boolean(),
};
export const createStatusRequest = z.strictObject({ creationKey, ...statusFields });
export type CreateStatusRequest = z.infer<typeof createStatusRequest>;

export const editStatusRequest = z
  .strictObject(statusFields)
  .partial()
  .refine((body) => Object.keys(body).length > 0, marked('Say at least one thing to change.'));
export type EditStatusRequest = z.infer<typeof editStatusRequest>;

export const statusesMax = 20;
export const orderStatusesRequest = z.strictObject({ statusIds: z.array(id).min(1).max(statusesMax) });

/** Where its to-dos go. */
export const removeStatusRequest = z.strictObject({ moveToId: id });
export type StatusesAnswer = { readonly statuses: readonly Status[] };
