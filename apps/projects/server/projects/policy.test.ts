/** The table of who may do what, written out: roles across, actions and situations down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RoleNumber, roles } from '../../wire/roles.ts';
import { type Scope, scopes } from '../../wire/scopes.ts';
import {
  type Action,
  can,
  decide,
  type OwnAction,
  ownedBy,
  type ProjectAction,
  type ProjectFacts,
  roleIn,
  standingIn,
  type Viewer,
  type WorkspaceAction,
  workspace,
} from './policy.ts';
import { isProjectAction, projectRules, ruleOf, workspaceRules } from './policy-actions.ts';

const allRoles: readonly RoleNumber[] = [5, 10, 20, 30, 40, 50];
const ownActions: readonly OwnAction[] = ['comment.editOwn', 'file.removeOwn'];
const viewer = (role: RoleNumber, more: Partial<Viewer> = {}): Viewer => ({ id: 'alice', role, ...more });
const project = (facts: Partial<ProjectFacts>): ProjectFacts => ({
  kind: 'project',
  visibility: 'restricted',
  state: 'open',
  clientId: null,
  membership: null,
  ...facts,
});

/** For each role from read-only to owner: `y` may, `-` may not. */
const across = (may: (role: RoleNumber) => boolean): string => allRoles.map((role) => (may(role) ? 'y' : '-')).join('');

function inProject(action: Action, facts: ProjectFacts, more: Partial<Viewer> = {}): string {
  return across((role) => decide(viewer(role, more), action, ownedBy('alice', facts)).allowed);
}

/** What each role may do as a member who keeps the role of the workspace; then the same in an archived project. */
const members: Readonly<Record<keyof typeof projectRules, readonly [open: string, archived: string]>> = {
  'project.view': ['yyyyyy', 'yyyyyy'],
  'project.favourite': ['yyyyyy', 'yyyyyy'],
  'project.edit': ['---yyy', '---yyy'],
  'project.members': ['---yyy', '---yyy'],
  'project.settings': ['---yyy', '------'],
  'project.delete': ['---yyy', '---yyy'],
  'project.restore': ['------', '------'],
  'project.purge': ['------', '------'],
  'project.duplicate': ['---yyy', '---yyy'],
  'view.keep': ['yyyyyy', 'yyyyyy'],
  'view.share': ['--yyyy', '------'],
  'toDo.create': ['--yyyy', '------'],
  'toDo.edit': ['--yyyy', '------'],
  'toDo.delete': ['--yyyy', '------'],
  'toDo.purge': ['---yyy', '------'],
  'toDo.watch': ['-yyyyy', '------'],
  'comment.create': ['-yyyyy', '------'],
  'comment.editOwn': ['-yyyyy', '------'],
  'comment.moderate': ['---yyy', '------'],
  'file.add': ['-yyyyy', '------'],
  'file.removeOwn': ['-yyyyy', '------'],
  'file.remove': ['--yyyy', '------'],
  'milestone.edit': ['--yyyy', '------'],
  'sprint.edit': ['--yyyy', '------'],
  'goal.edit': ['--yyyy', '------'],
  'statusUpdate.add': ['--yyyy', '------'],
  'tag.manage': ['--yyyy', '------'],
  'webhook.manage': ['---yyy', '------'],
  'transfer.export': ['--yyyy', '--yyyy'],
  'transfer.import': ['--yyyy', '------'],
};

for (const [action, [open, archived]] of Object.entries(members) as [Action, readonly [string, string]][])
  test(`who may: ${action}`, () => {
    const membership = { role: null };
    assert.equal(inProject(action, project({ membership })), open, 'a member who keeps their role');
    assert.equal(inProject(action, project({ visibility: 'all' })), open, 'a project for everyone');
    const company = project({ visibility: 'clients', clientId: 'river' });
    assert.equal(inProject(action, company, { clientId: 'river' }), open, 'of the company the project is open to');
    assert.equal(inProject(action, project({ membership, state: 'archived' })), archived, 'archived');
    const strangers = open.replaceAll('y', '-').slice(0, 3) + open.slice(3);
    assert.equal(inProject(action, project({})), strangers, 'not a member');
    assert.equal(inProject(action, company, { clientId: 'other' }), strangers, 'of another company');
    assert.equal(inProject(action, company), strangers, 'of no company');
    assert.equal(
      inProject(action, project({ visibility: 'restricted', clientId: 'river' }), { clientId: 'river' }),
      strangers,
    );
    for (const role of [roles.readonly, roles.commenter, roles.editor, roles.manager] as const) {
      const asThat = open[allRoles.indexOf(role)] ?? '-';
      const expected = asThat.repeat(3) + open.slice(3);
      assert.equal(inProject(action, project({ membership: { role } })), expected, `a member with the role ${role}`);
    }
  });

test('of a project in the trash nobody sees or does anything, but who may bring it back or end it', () => {
  const inTrash = ['project.restore', 'project.purge'];
  for (const action of Object.keys(projectRules) as (keyof typeof projectRules)[]) {
    const expected = inTrash.includes(action) ? '---yyy' : '------';
    assert.equal(inProject(action, project({ membership: { role: null }, state: 'trashed' })), expected, action);
    const decision = decide(viewer(roles.owner), action, ownedBy('alice', project({ state: 'trashed' })));
    if (!decision.allowed) assert.equal(decision.lacks, 'sight', action);
  }
});

const everywhere: Readonly<Record<WorkspaceAction, string>> = {
  'me.view': 'yyyyyy',
  'me.edit': 'yyyyyy',
  'me.secure': 'yyyyyy',
  'people.view': 'yyyyyy',
  'people.viewAll': '--yyyy',
  'project.create': '--yyyy',
  'people.manage': '----yy',
  'clients.manage': '----yy',
  'site.manage': '-----y',
};

for (const [action, expected] of Object.entries(everywhere) as [WorkspaceAction, string][])
  test(`who may: ${action}`, () =>
    assert.equal(
      across((role) => can(viewer(role), action, workspace)),
      expected,
    ));

test('a project role does not lower a manager of the workspace', () => {
  assert.equal(roleIn(viewer(roles.manager), project({ membership: { role: roles.readonly } })), roles.manager);
});

test('two who belong to no company do not share one', () => {
  const facts = project({ visibility: 'clients', clientId: null });
  assert.equal(roleIn(viewer(roles.editor, { clientId: null }), facts), null);
});

test('everybody’s standing has its reason', () => {
  const why = (role: RoleNumber, facts: Partial<ProjectFacts>) => standingIn(viewer(role), project(facts)).why;
  assert.equal(why(30, { membership: { role: 5 } }), 'manages-workspace');
  assert.equal(why(20, { membership: { role: 5 } }), 'own-role');
  assert.equal(why(20, { membership: { role: null }, visibility: 'all' }), 'inherits');
  assert.equal(why(20, { visibility: 'all' }), 'everyone');
  assert.equal(why(20, {}), 'outside');
});

test('what is one’s own is one’s own: of others’ things nothing, whatever the role', () => {
  const facts = project({ membership: { role: null } });
  for (const action of ownActions)
    for (const role of allRoles) assert.equal(can(viewer(role), action, ownedBy('bob', facts)), false, action);
  assert.deepEqual(decide(viewer(roles.owner), 'comment.editOwn', ownedBy('bob', facts)), {
    allowed: false,
    lacks: 'own',
  });
});

const allActions = [...Object.keys(projectRules), ...Object.keys(workspaceRules)] as Action[];

/** Something that the action is done to. */
function placeOf(action: Action, facts: Partial<ProjectFacts> = {}) {
  const state = ruleOf(action).inTrash ? 'trashed' : 'open';
  return isProjectAction(action) ? ownedBy('alice', project({ ...facts, state })) : workspace;
}

test('a token may do what its scopes say and no more, and nothing without reading', () => {
  for (const action of allActions) {
    const resource = placeOf(action);
    const may = (carried: readonly Scope[]) =>
      decide(viewer(roles.owner, { scopes: carried }), action, resource).allowed;
    const { scope } = ruleOf(action);
    assert.equal(may(scopes), scope !== null, `${action}, all scopes`);
    for (const other of scopes.filter((each) => each !== 'read'))
      assert.equal(may(['read', other]), scope === 'read' || scope === other, `${action}, read and ${other}`);
    assert.equal(may(scopes.filter((each) => each !== 'read')), false, `${action}, everything but read`);
    assert.equal(may([]), false, `${action}, no scope`);
  }
});

test('a token never widens its person', () => {
  for (const action of allActions)
    for (const role of allRoles) {
      const resource = placeOf(action, { visibility: 'all' });
      const asToken = decide(viewer(role, { scopes }), action, resource).allowed;
      assert.ok(!asToken || decide(viewer(role), action, resource).allowed, `${action} as ${role}`);
    }
});

test('a refusal says what is missing', () => {
  const lacks = (role: RoleNumber, action: ProjectAction, facts: Partial<ProjectFacts>, more: Partial<Viewer> = {}) => {
    const decision = decide(viewer(role, more), action, project(facts));
    return decision.allowed ? 'nothing' : decision.lacks;
  };
  assert.equal(lacks(20, 'toDo.edit', {}), 'sight');
  assert.equal(lacks(10, 'toDo.edit', { visibility: 'all' }), 'role');
  assert.equal(lacks(20, 'toDo.edit', { visibility: 'all', state: 'archived' }), 'open');
  assert.equal(lacks(20, 'toDo.edit', { visibility: 'all' }, { scopes: ['read'] }), 'scope');
  assert.equal(lacks(20, 'toDo.edit', { visibility: 'all' }), 'nothing');
});

test('an action is only asked of what it is done to', () => {
  assert.throws(() => decide(viewer(50), 'toDo.edit', workspace), TypeError);
  assert.throws(() => decide(viewer(50), 'site.manage', project({})), TypeError);
});
