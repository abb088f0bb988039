/** The table of who may do what, written out: roles across, situations down. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RoleNumber, roles } from '../../wire/roles.ts';
import { can, type ProjectAction, type ProjectFacts, roleIn, type Viewer, workspace } from './policy.ts';

const allRoles: readonly RoleNumber[] = [5, 10, 20, 30, 40, 50];
const viewer = (role: RoleNumber): Viewer => ({ id: 'alice', role });
const project = (facts: Partial<ProjectFacts>): ProjectFacts => ({
  kind: 'project',
  visibility: 'restricted',
  state: 'open',
  membership: null,
  ...facts,
});

/** For each role from read-only to owner: `y` may, `-` may not. */
function row(action: ProjectAction, facts: ProjectFacts): string {
  return allRoles.map((role) => (can(viewer(role), action, facts) ? 'y' : '-')).join('');
}

const situations: readonly { title: string; facts: ProjectFacts; view: string; toDo: string; manage: string }[] = [
  { title: 'a restricted project, not a member', facts: project({}), view: '---yyy', toDo: '---yyy', manage: '---yyy' },
  {
    title: 'a project for everyone, not a member',
    facts: project({ visibility: 'all' }),
    view: 'yyyyyy',
    toDo: '--yyyy',
    manage: '---yyy',
  },
  {
    title: 'a member who keeps the role of the workspace',
    facts: project({ membership: { role: null } }),
    view: 'yyyyyy',
    toDo: '--yyyy',
    manage: '---yyy',
  },
  {
    title: 'a member lowered to read only',
    facts: project({ membership: { role: roles.readonly } }),
    view: 'yyyyyy',
    toDo: '---yyy',
    manage: '---yyy',
  },
  {
    title: 'a member raised to editor',
    facts: project({ membership: { role: roles.editor } }),
    view: 'yyyyyy',
    toDo: 'yyyyyy',
    manage: '---yyy',
  },
  {
    title: 'a member raised to manager',
    facts: project({ membership: { role: roles.manager } }),
    view: 'yyyyyy',
    toDo: 'yyyyyy',
    manage: 'yyyyyy',
  },
  {
    title: 'an archived project, as its manager',
    facts: project({ state: 'archived', membership: { role: roles.manager } }),
    view: 'yyyyyy',
    toDo: '------',
    manage: 'yyyyyy',
  },
];

for (const { title, facts, view, toDo, manage } of situations)
  test(`who may do what: ${title}`, () => {
    assert.equal(row('project.view', facts), view, 'project.view');
    for (const action of ['toDo.create', 'toDo.edit', 'toDo.delete'] as const)
      assert.equal(row(action, facts), toDo, action);
    for (const action of ['project.edit', 'project.members'] as const) assert.equal(row(action, facts), manage, action);
  });

test('editors and above make projects', () => {
  assert.equal(allRoles.map((role) => (can(viewer(role), 'project.create', workspace) ? 'y' : '-')).join(''), '--yyyy');
});

test('a project role does not lower a manager of the workspace', () => {
  assert.equal(roleIn(viewer(roles.manager), project({ membership: { role: roles.readonly } })), roles.manager);
});
