/**
 * One project of a workspace that is measured: its columns, tags and to-dos, with whom they belong to. What people planned
 * for it and what they said of it stand in files of their own.
 */
import { generateNKeysBetween } from 'fractional-indexing';
import type { Transaction } from 'kysely';
import type { Tables } from '../apps/projects/server/api/workspace.ts';
import { defaultStatuses } from '../apps/projects/server/projects/schema.ts';
import { efforts, priorities } from '../apps/projects/wire/to-do.ts';
import { inBatches } from './workspace-people.ts';
import { fillPlans } from './workspace-plans.ts';
import {
  beganAtMs,
  columnOf,
  dayFromToday,
  daysOfUse,
  doneAtMs,
  holderOf,
  isDone,
  madeAtMs,
  milestoneOf,
  type Placed,
  sprintOf,
  versionOf,
} from './workspace-shape.ts';
import { fillTalk } from './workspace-talk.ts';

/** One of them knows each project by name, in turn. */
const membersEvery = 5;

export async function fillProject(trx: Transaction<Tables>, place: Placed): Promise<void> {
  const { key, people, toDos } = place;
  const [first = ''] = people;
  await trx
    .insertInto('projects')
    .values({
      id: key,
      key,
      name: `Project ${key}`,
      description: '',
      state: 'open',
      visibility: 'all',
      client_id: null,
      starts_on: null,
      ends_on: null,
      next_number: toDos + 1,
      version: 1,
      created_by: first,
      creation_key: `creation-of-${key}`,
      created_at: beganAtMs,
      updated_at: beganAtMs,
    })
    .execute();
  await trx.insertInto('project_statuses').values(statusRows(key)).execute();
  await trx
    .insertInto('tags')
    .values(
      tagNames.map((name) => ({
        id: `${key}-${name}`,
        project_id: key,
        ...{ name, folded: name, tone: 'grey' as const, created_at: beganAtMs },
      })),
    )
    .execute();
  await fillMembers(trx, place);
  await fillPlans(trx, place);
  await fillToDos(trx, place);
  await fillTalk(trx, place);
}

/** Everybody sees every project; a fifth are members of each, and a tenth keep it at hand. */
async function fillMembers(trx: Transaction<Tables>, { key, index, people }: Placed): Promise<void> {
  const turn = (every: number): string[] => people.filter((_, person) => person % every === index % every);
  const members = turn(membersEvery);
  if (members.length > 0)
    await trx
      .insertInto('project_members')
      .values(members.map((id) => ({ project_id: key, person_id: id, role: null, created_at: beganAtMs })))
      .execute();
  const keepers = turn(2 * membersEvery);
  if (keepers.length > 0)
    await trx
      .insertInto('project_favourites')
      .values(keepers.map((id) => ({ project_id: key, person_id: id, created_at: beganAtMs })))
      .execute();
}

function statusRows(key: string): Tables['project_statuses'][] {
  return defaultStatuses.map((status, position) => ({
    id: `${key}-${position}`,
    project_id: key,
    name: status.name,
    report_type: status.reportType,
    tone: status.tone,
    position,
    wip_limit: null,
    on_board: 1,
  }));
}

/** A tag on every third, and something to wait for on every 25th. */
async function fillToDos(trx: Transaction<Tables>, place: Placed): Promise<void> {
  const { key, people, toDos } = place;
  const ranks = generateNKeysBetween(null, null, toDos);
  const numbers = Array.from({ length: toDos }, (_, index) => index + 1);
  const idOf = (number: number): string => `${key}-${number}`;
  for (const some of inBatches(numbers)) {
    await trx
      .insertInto('to_dos')
      .values(some.map((number) => toDoRow(place, number, ranks[number - 1] ?? '')))
      .execute();
    await trx
      .insertInto('to_do_assignees')
      .values(some.map((number) => ({ to_do_id: idOf(number), person_id: holderOf(number, people) })))
      .execute();
    await trx
      .insertInto('to_do_tags')
      .values(
        some
          .filter((number) => number % 3 === 0)
          .map((number) => ({ to_do_id: idOf(number), tag_id: `${key}-${tagNames[number % tagNames.length]}` })),
      )
      .execute();
    const waiting = some.filter((number) => number % 25 === 10);
    if (waiting.length > 0)
      await trx
        .insertInto('to_do_blockers')
        .values(waiting.map((number) => ({ to_do_id: idOf(number), blocked_by_id: idOf(number - 1) })))
        .execute();
  }
}

const tagNames = ['billing', 'garden', 'office', 'press', 'print', 'travel', 'website'];

function toDoRow(place: Placed, number: number, rank: string): Tables['to_dos'] {
  const { key, people, toDos } = place;
  const made = madeAtMs(number, place);
  // Days of work on every fifth, around the time that it was made; two parts to every twentieth.
  const workFrom = number % 5 === 1 ? Math.floor((number / toDos) * daysOfUse) - daysOfUse : undefined;
  const whole = number % 20 === 7 || number % 20 === 8 ? number - (number % 20) + 5 : undefined;
  return {
    id: `${key}-${number}`,
    project_id: key,
    number,
    title: `${titles[number % titles.length]} ${number}`,
    description: 'What has to be done, and why, in a sentence or two that somebody wrote in a hurry.',
    status_id: `${key}-${columnOf(number)}`,
    // Half a month from today at the nearest, so that nobody is told of it while others are measured.
    due_on: number % 3 === 0 ? dayFromToday(((number % 12) - 9) * 30 + 15) : null,
    priority: priorities[number % 9] ?? null,
    rank,
    version: versionOf(number, place),
    created_by: people[0] ?? '',
    creation_key: `creation-of-${key}-${number}`,
    created_at: made,
    updated_at: isDone(number) ? doneAtMs(number, place) : made,
    completed_at: isDone(number) ? doneAtMs(number, place) : null,
    type: 'task',
    effort: efforts[number % 8] ?? null,
    milestone_id: milestoneOf(number, place),
    sprint_id: sprintOf(number, place),
    parent_id: whole === undefined ? null : `${key}-${whole}`,
    work_start_on: workFrom === undefined ? null : dayFromToday(workFrom),
    work_end_on: workFrom === undefined ? null : dayFromToday(workFrom + 3),
    planned_hours: number % 10 === 0 ? 8 : null,
    remaining_hours: number % 10 === 0 ? 5 : null,
    description_doc: null,
    deleted_at: null,
    deleted_by: null,
  };
}

const titles = [
  'Print the name cards',
  'Ask three caterers',
  'Fold the invitations',
  'Water the plants',
  'Call the mill',
];
