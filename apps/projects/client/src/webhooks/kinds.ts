/** The kinds of events in groups that people choose from, and each group in words. */
import { type ChangeKind, changeKinds } from '../../../wire/change.ts';
import type { Say } from '../words/say.ts';

export const kindGroups = ['toDos', 'comments', 'files', 'plans', 'statusUpdates', 'project'] as const;
export type KindGroup = (typeof kindGroups)[number];

const groupOf: Readonly<Record<string, KindGroup>> = {
  toDo: 'toDos',
  tag: 'toDos',
  comment: 'comments',
  file: 'files',
  milestone: 'plans',
  sprint: 'plans',
  goal: 'plans',
  statusUpdate: 'statusUpdates',
  view: 'project',
  project: 'project',
  member: 'project',
};

export function kindsIn(group: KindGroup): ChangeKind[] {
  return changeKinds.filter((kind) => (groupOf[kind.split('.')[0] ?? ''] ?? 'project') === group);
}

/** Groups of which at least one kind is among them. */
export function groupsOf(kinds: readonly ChangeKind[]): KindGroup[] {
  return kindGroups.filter((group) => kindsIn(group).some((kind) => kinds.includes(kind)));
}

export function sayGroup(say: Say, group: KindGroup): string {
  switch (group) {
    case 'toDos':
      return say('To-dos and tags');
    case 'comments':
      return say('Comments and reactions');
    case 'files':
      return say('Files');
    case 'plans':
      return say('Milestones, sprints and goals');
    case 'statusUpdates':
      return say('How the project goes');
    case 'project':
      return say('The project and who is in it');
  }
}
