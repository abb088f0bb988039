/**
 * The vocabulary of what can be done, each with the least role it takes, the scope that an access token needs for it, and
 * its words after "You may not …". Decides nothing: `policy.ts` reads these tables. A further action is a further line.
 */
import { roles } from '../../wire/roles.ts';
import type { Scope } from '../../wire/scopes.ts';

type Rule = {
  readonly least: (typeof roles)[keyof typeof roles];
  /** Null: never by a token, only by a person who is signed in. */
  readonly scope: Scope | null;
  readonly words: string;
  /** Still allowed once the project is archived: looking, and what brings it back. */
  readonly whenArchived?: true;
  /** About a thing that has an owner, and allowed on one's own alone. */
  readonly own?: true;
};

const { readonly, commenter, editor, manager, admin, owner } = roles;

export const projectRules = {
  'project.view': { least: readonly, scope: 'read', words: 'see this project', whenArchived: true },
  'project.favourite': { least: readonly, scope: 'write', words: 'mark this project', whenArchived: true },
  'project.edit': { least: manager, scope: 'manage', words: 'change this project', whenArchived: true },
  'project.members': { least: manager, scope: 'manage', words: 'change who is in this project', whenArchived: true },
  'project.settings': { least: manager, scope: 'manage', words: 'change the settings of this project' },
  'project.delete': { least: manager, scope: 'manage', words: 'delete this project', whenArchived: true },
  'toDo.create': { least: editor, scope: 'write', words: 'add to-dos to this project' },
  'toDo.edit': { least: editor, scope: 'write', words: 'change to-dos in this project' },
  'toDo.delete': { least: editor, scope: 'write', words: 'delete to-dos in this project' },
  'toDo.purge': { least: manager, scope: 'write', words: 'delete to-dos of this project for good' },
  'toDo.watch': { least: commenter, scope: 'write', words: 'watch to-dos in this project' },
  'comment.create': { least: commenter, scope: 'write', words: 'comment in this project' },
  'comment.editOwn': { least: commenter, scope: 'write', words: 'change comments of others', own: true },
  'comment.moderate': { least: manager, scope: 'write', words: 'change or remove comments of others' },
  'file.add': { least: commenter, scope: 'write', words: 'add files to this project' },
  'file.removeOwn': { least: commenter, scope: 'write', words: 'remove files of others', own: true },
  'file.remove': { least: editor, scope: 'write', words: 'remove files of others' },
  'milestone.edit': { least: editor, scope: 'write', words: 'change milestones of this project' },
  'sprint.edit': { least: editor, scope: 'write', words: 'change sprints of this project' },
  'goal.edit': { least: editor, scope: 'write', words: 'change goals of this project' },
  'statusUpdate.add': { least: editor, scope: 'write', words: 'tell how this project goes' },
  'tag.manage': { least: editor, scope: 'write', words: 'change the tags of this project' },
  'webhook.manage': { least: manager, scope: 'manage', words: 'change the webhooks of this project' },
  'transfer.export': { least: editor, scope: 'read', words: 'export this project', whenArchived: true },
  'transfer.import': { least: editor, scope: 'write', words: 'import into this project' },
} as const satisfies Readonly<Record<string, Rule>>;

export const workspaceRules = {
  'me.view': { least: readonly, scope: 'read', words: 'see this' },
  'me.edit': { least: readonly, scope: 'write', words: 'change this' },
  /** What would let a token make itself larger or outlive itself. */
  'me.secure': { least: readonly, scope: null, words: 'change how you get in' },
  'people.view': { least: readonly, scope: 'read', words: 'see who is here' },
  // An editor who just arrived must have somewhere to begin: docs/decisions/first-project.md.
  'project.create': { least: editor, scope: 'manage', words: 'create projects' },
  'people.manage': { least: admin, scope: 'admin', words: 'manage people' },
  'clients.manage': { least: admin, scope: 'admin', words: 'manage companies' },
  'site.manage': { least: owner, scope: 'admin', words: 'change the workspace itself' },
} as const satisfies Readonly<Record<string, Rule>>;

export type ProjectRuleName = keyof typeof projectRules;
export type WorkspaceAction = keyof typeof workspaceRules;
/** About a thing that has an owner. */
export type OwnAction = {
  [Name in ProjectRuleName]: (typeof projectRules)[Name] extends { own: true } ? Name : never;
}[ProjectRuleName];
export type ProjectAction = Exclude<ProjectRuleName, OwnAction>;
export type Action = WorkspaceAction | ProjectRuleName;

export function ruleOf(action: Action): Rule {
  return isProjectAction(action) ? projectRules[action] : workspaceRules[action];
}

export function isProjectAction(action: Action): action is ProjectRuleName {
  return Object.hasOwn(projectRules, action);
}
