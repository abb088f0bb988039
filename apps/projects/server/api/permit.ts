/**
 * A decision of the policy in words: what may not be done, what is missing, and whom to ask. The one place between `decide`
 * and what a person reads.
 */
import { marked } from '@gatehouse/words/say.ts';
import { type RoleNumber, roles } from '../../wire/roles.ts';
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
      return denied(words, whyOfRole[least], askWhom(least, kind));
    case 'own':
      return denied(
        words,
        marked('It is not yours.'),
        marked('Ask the person whose it is, or a manager of the project.'),
      );
    // Read by programs alone.
    case 'scope':
      return scope === null
        ? denied(words, 'An access token may not do that.', marked('Do it in the browser, signed in.'))
        : denied(words, `The access token does not carry the scope ${scope}.`, marked('Make a token that carries it.'));
  }
}

/** Whole sentences, so that each can be said in another language. */
const whyOfRole: Readonly<Record<RoleNumber, string>> = {
  [roles.readonly]: marked('That takes the role Read only.'),
  [roles.commenter]: marked('That takes the role Commenter.'),
  [roles.editor]: marked('That takes the role Editor.'),
  [roles.manager]: marked('That takes the role Manager.'),
  [roles.admin]: marked('That takes the role Admin.'),
  [roles.owner]: marked('That takes the role Owner.'),
};

function askWhom(least: RoleNumber, kind: 'workspace' | 'project'): string {
  if (kind === 'project') return marked('Ask a manager of the project.');
  return least === roles.owner ? marked('Ask an owner of the workspace.') : marked('Ask an admin of the workspace.');
}
