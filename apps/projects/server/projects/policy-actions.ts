/**
 * The vocabulary of what can be done, each with the least role it takes, the scope that an access token needs for it, and
 * what people are told who lack it. Decides nothing: `policy.ts` reads these tables. A further action is a further line.
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
  /** About a project in the trash, and about no other. */
  readonly inTrash?: true;
  /** About a thing that has an owner, and allowed on one's own alone. */
  readonly own?: true;
};

const { readonly, commenter, editor, manager, admin, owner } = roles;

export const projectRules = {
  'project.view': { least: readonly, scope: 'read', words: 'You may not see this project.', whenArchived: true },
  'project.favourite': { least: readonly, scope: 'write', words: 'You may not mark this project.', whenArchived: true },
  'project.edit': { least: manager, scope: 'manage', words: 'You may not change this project.', whenArchived: true },
  'project.members': {
    least: manager,
    scope: 'manage',
    words: 'You may not change who is in this project.',
    whenArchived: true,
  },
  'project.settings': { least: manager, scope: 'manage', words: 'You may not change the settings of this project.' },
  'project.delete': { least: manager, scope: 'manage', words: 'You may not delete this project.', whenArchived: true },
  'project.restore': {
    least: manager,
    scope: 'manage',
    words: 'You may not bring this project back.',
    inTrash: true,
  },
  'project.purge': {
    least: manager,
    scope: 'manage',
    words: 'You may not delete this project for good.',
    inTrash: true,
  },
  'project.duplicate': {
    least: manager,
    scope: 'manage',
    words: 'You may not duplicate this project.',
    whenArchived: true,
  },
  'view.keep': {
    least: readonly,
    scope: 'write',
    words: 'You may not keep views of this project.',
    whenArchived: true,
  },
  'view.share': { least: editor, scope: 'write', words: 'You may not change the shared views of this project.' },
  'toDo.create': { least: editor, scope: 'write', words: 'You may not add to-dos to this project.' },
  'toDo.edit': { least: editor, scope: 'write', words: 'You may not change to-dos in this project.' },
  'toDo.delete': { least: editor, scope: 'write', words: 'You may not delete to-dos in this project.' },
  'toDo.purge': { least: manager, scope: 'write', words: 'You may not delete to-dos of this project for good.' },
  'toDo.watch': { least: commenter, scope: 'write', words: 'You may not watch to-dos in this project.' },
  'comment.create': { least: commenter, scope: 'write', words: 'You may not comment in this project.' },
  'comment.editOwn': { least: commenter, scope: 'write', words: 'You may not change comments of others.', own: true },
  'comment.moderate': { least: manager, scope: 'write', words: 'You may not change or remove comments of others.' },
  'file.add': { least: commenter, scope: 'write', words: 'You may not add files to this project.' },
  'file.removeOwn': { least: commenter, scope: 'write', words: 'You may not remove files of others.', own: true },
  'file.remove': { least: editor, scope: 'write', words: 'You may not remove files of others.' },
  'milestone.edit': { least: editor, scope: 'write', words: 'You may not change milestones of this project.' },
  'sprint.edit': { least: editor, scope: 'write', words: 'You may not change sprints of this project.' },
  'goal.edit': { least: editor, scope: 'write', words: 'You may not change goals of this project.' },
  'statusUpdate.add': { least: editor, scope: 'write', words: 'You may not tell how this project goes.' },
  'tag.manage': { least: editor, scope: 'write', words: 'You may not change the tags of this project.' },
  'webhook.manage': { least: manager, scope: 'manage', words: 'You may not change the webhooks of this project.' },
  'transfer.export': { least: editor, scope: 'read', words: 'You may not export this project.', whenArchived: true },
  'transfer.import': { least: editor, scope: 'write', words: 'You may not import into this project.' },
} as const satisfies Readonly<Record<string, Rule>>;

export const workspaceRules = {
  'me.view': { least: readonly, scope: 'read', words: 'You may not see this.' },
  'me.edit': { least: readonly, scope: 'write', words: 'You may not change this.' },
  /** What would let a token make itself larger or outlive itself. */
  'me.secure': { least: readonly, scope: null, words: 'You may not change how you get in.' },
  /** Those one stands in a project with. */
  'people.view': { least: readonly, scope: 'read', words: 'You may not see who is here.' },
  /** So may whoever manages the members of a project, whatever they are elsewhere: they choose among everybody. */
  'people.viewAll': { least: editor, scope: 'read', words: 'You may not see everybody who is here.' },
  // An editor who just arrived must have somewhere to begin: docs/decisions/first-project.md.
  'project.create': { least: editor, scope: 'manage', words: 'You may not create projects.' },
  'people.manage': { least: admin, scope: 'admin', words: 'You may not manage people.' },
  'clients.manage': { least: admin, scope: 'admin', words: 'You may not manage companies.' },
  'site.manage': { least: owner, scope: 'admin', words: 'You may not change the workspace itself.' },
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
