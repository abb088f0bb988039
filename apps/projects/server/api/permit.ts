/**
 * A decision of the policy in words: what may not be done, what is missing, and whom to ask. The one place between `decide`
 * and what a person reads.
 */
import { type RoleNumber, roleName, roles } from '../../wire/roles.ts';
import {
  decide,
  type Lack,
  type OwnedFacts,
  type ProjectFacts,
  type Viewer,
  type Workspace,
} from '../projects/policy.ts';
import {
  type Action,
  type OwnAction,
  type ProjectAction,
  ruleOf,
  type WorkspaceAction,
} from '../projects/policy-actions.ts';
import { archived, denied, notFound, type Refusal } from './refusal.ts';

/** Undefined when the viewer may; else why not. */
export function refuse(viewer: Viewer, action: WorkspaceAction, resource: Workspace): Refusal | undefined;
export function refuse(viewer: Viewer, action: ProjectAction, resource: ProjectFacts): Refusal | undefined;
export function refuse(viewer: Viewer, action: OwnAction, resource: OwnedFacts): Refusal | undefined;
export function refuse(
  viewer: Viewer,
  action: Action,
  resource: Workspace | ProjectFacts | OwnedFacts,
): Refusal | undefined {
  return refuseAny(viewer, action, resource);
}

/** For the gate, which has its action from a table: as `refuse`, and what does not fit together is found out as it runs. */
export function refuseAny(
  viewer: Viewer,
  action: Action,
  resource: Workspace | ProjectFacts | OwnedFacts,
): Refusal | undefined {
  const decision = decide(viewer, action, resource);
  return decision.allowed ? undefined : wordsFor(decision.lacks, action, resource.kind);
}

function wordsFor(lacks: Lack, action: Action, kind: 'workspace' | 'project'): Refusal {
  const { words, least, scope } = ruleOf(action);
  switch (lacks) {
    case 'sight':
      return notFound('project');
    case 'open':
      return archived();
    case 'role':
      return denied(words, `That takes the role ${roleName(least)}.`, askWhom(least, kind));
    case 'own':
      return denied(words, 'It is not yours.', 'Ask the person whose it is, or a manager of the project.');
    case 'scope':
      return scope === null
        ? denied(words, 'An access token may not do that.', 'Do it in the browser, signed in.')
        : denied(words, `The access token does not carry the scope ${scope}.`, 'Make a token that carries it.');
  }
}

function askWhom(least: RoleNumber, kind: 'workspace' | 'project'): string {
  if (kind === 'project') return 'Ask a manager of the project.';
  return least === roles.owner ? 'Ask an owner of the workspace.' : 'Ask an admin of the workspace.';
}
