/** Rows of projects as the API shows them, with what the viewer may do. Pure. */
import type { ClientRef } from '../../wire/client.ts';
import type { Member, ProjectMay, ProjectSummary, Status, Visibility } from '../../wire/project.ts';
import { type RoleNumber, roleName } from '../../wire/roles.ts';
import { can, type ProjectAction, type ProjectFacts, roleIn, type Viewer } from './policy.ts';
import type { ProjectRow, ProjectTables } from './schema.ts';

/** A project and what the viewer is in it. */
export type SeenProject = {
  readonly row: ProjectRow;
  readonly facts: ProjectFacts;
  readonly client: ClientRef | null;
};

/** Which word of the answer stands for which action. */
const mayActions: Readonly<Record<keyof ProjectMay, ProjectAction>> = {
  editProject: 'project.edit',
  deleteProject: 'project.delete',
  manageMembers: 'project.members',
  manageSettings: 'project.settings',
  duplicate: 'project.duplicate',
  shareViews: 'view.share',
  createToDo: 'toDo.create',
  editToDo: 'toDo.edit',
  deleteToDo: 'toDo.delete',
  purgeToDo: 'toDo.purge',
  watch: 'toDo.watch',
  comment: 'comment.create',
  moderateComments: 'comment.moderate',
  addFile: 'file.add',
  removeFiles: 'file.remove',
  editMilestones: 'milestone.edit',
  editSprints: 'sprint.edit',
  editGoals: 'goal.edit',
  addStatusUpdate: 'statusUpdate.add',
  manageTags: 'tag.manage',
  manageWebhooks: 'webhook.manage',
  exportIt: 'transfer.export',
  importInto: 'transfer.import',
};

export function presentMay(viewer: Viewer, facts: ProjectFacts): ProjectMay {
  const answers = Object.entries(mayActions).map(([word, action]) => [word, can(viewer, action, facts)]);
  return Object.fromEntries(answers) as ProjectMay;
}

/** `isFavourite`: whether the viewer keeps it at hand. */
export function presentSummary(
  viewer: Viewer,
  { row, facts, client }: SeenProject,
  isFavourite: boolean,
): ProjectSummary {
  return {
    key: row.key,
    name: row.name,
    state: row.state,
    visibility: row.visibility,
    client,
    isFavourite,
    may: presentMay(viewer, facts),
  };
}

export function presentStatus(row: ProjectTables['project_statuses']): Status {
  return {
    id: row.id,
    name: row.name,
    reportType: row.report_type,
    tone: row.tone,
    wipLimit: row.wip_limit,
    onBoard: row.on_board === 1,
  };
}

export type MemberRow = {
  readonly id: string;
  readonly name: string;
  readonly workspaceRole: RoleNumber;
  readonly role: ProjectTables['project_members']['role'];
  readonly given_by: 'person' | 'group';
};

export function presentMember(visibility: Visibility, row: MemberRow): Member {
  const viewer = { id: row.id, role: row.workspaceRole };
  const effectiveRole = roleIn(viewer, { visibility, membership: { role: row.role } }) ?? row.workspaceRole;
  return {
    person: { id: row.id, name: row.name },
    role: row.role,
    effectiveRole,
    effectiveRoleName: roleName(effectiveRole),
    byGroup: row.given_by === 'group',
  };
}
