/** Projects, their statuses and their members, as the API shows and takes them. */
import { z } from 'zod';
import type { ClientRef } from './client.ts';
import type { Day } from './days.ts';
import { creationKey, day, id, lengths, oneLine, prose, version } from './fields.ts';
import type { PersonRef } from './me.ts';
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
  readonly manageMembers: boolean;
  readonly manageSettings: boolean;
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
};

export type Project = ProjectSummary & {
  readonly description: string;
  readonly version: number;
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
  readonly statuses: readonly Status[];
  readonly members: readonly Member[];
  /** Everyone a to-do here can be given to. */
  readonly assignable: readonly PersonRef[];
};

export const projectKey = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,9}$/, 'A key has 2 to 10 capital letters or digits and starts with a letter.');

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
  .refine((body) => Object.keys(body).length > 1, 'Say at least one thing to change.');
export type EditProjectRequest = z.infer<typeof editProjectRequest>;

export const setMemberRequest = z.strictObject({ role: z.union([z.literal([...projectRoles]), z.null()]) });
export type SetMemberRequest = z.infer<typeof setMemberRequest>;

export type ProjectsAnswer = { readonly projects: readonly ProjectSummary[] };
export type ProjectAnswer = { readonly project: Project };
export type PeopleAnswer = { readonly people: readonly PersonRef[] };

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
  .refine((body) => Object.keys(body).length > 0, 'Say at least one thing to change.');
export type EditStatusRequest = z.infer<typeof editStatusRequest>;

export const statusesMax = 20;
export const orderStatusesRequest = z.strictObject({ statusIds: z.array(id).min(1).max(statusesMax) });

/** Where its to-dos go. */
export const removeStatusRequest = z.strictObject({ moveToId: id });
export type StatusesAnswer = { readonly statuses: readonly Status[] };
