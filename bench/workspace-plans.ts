/** What people planned for a project that is measured: milestones, sprints, goals, what they say of it, and their own days. */
import { generateNKeysBetween } from 'fractional-indexing';
import type { Transaction } from 'kysely';
import type { Tables } from '../apps/projects/server/api/workspace.ts';
import { lights } from '../apps/projects/wire/overview.ts';
import {
  beganAtMs,
  dayFromToday,
  dayMs,
  daysOfUse,
  milestonesEach,
  type Placed,
  sprintDays,
  sprintsEach,
  todayMs,
} from './workspace-shape.ts';

const goalsEach = 5;
const valuesEach = 24;
const updatesEach = 40;

/** So many of each, one after the other. */
const each = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

export async function fillPlans(trx: Transaction<Tables>, place: Placed): Promise<void> {
  await fillMilestones(trx, place);
  await trx.insertInto('sprints').values(sprintRows(place)).execute();
  await fillGoals(trx, place);
  await trx.insertInto('status_updates').values(updateRows(place)).execute();
}

/** One after the other, each waiting for the one before; the last two are to come. */
async function fillMilestones(trx: Transaction<Tables>, { key, people }: Placed): Promise<void> {
  const ranks = generateNKeysBetween(null, null, milestonesEach);
  const days = Math.floor((daysOfUse + 60) / milestonesEach);
  const idOf = (index: number): string => `${key}-milestone-${index}`;
  await trx
    .insertInto('milestones')
    .values(
      each(milestonesEach, (index) => ({
        ...{ id: idOf(index), project_id: key, title: `Stage ${index + 1}`, description: 'What has to stand by then.' },
        ...{ tone: 'accent' as const, status: index < 9 ? ('done' as const) : ('planned' as const) },
        owner_id: people[index % people.length] ?? null,
        start_on: dayFromToday(index * days - daysOfUse),
        end_on: dayFromToday((index + 1) * days - daysOfUse),
        rank: ranks[index] ?? '',
        ...{ version: 1, created_by: people[0] ?? '', creation_key: `creation-of-${idOf(index)}` },
        ...{ created_at: beganAtMs, updated_at: beganAtMs },
      })),
    )
    .execute();
  await trx
    .insertInto('milestone_dependencies')
    .values(each(milestonesEach - 1, (index) => ({ milestone_id: idOf(index + 1), depends_on_id: idOf(index) })))
    .execute();
}

/** The last one ends today; all but the last two are closed. */
function sprintRows({ key, people }: Placed): Tables['sprints'][] {
  return each(sprintsEach, (index) => {
    const ago = (sprintsEach - index) * sprintDays;
    const isOpen = index >= sprintsEach - 2;
    return {
      ...{
        id: `${key}-sprint-${index}`,
        project_id: key,
        name: `Sprint ${index + 1}`,
        aim: 'What was agreed on Monday.',
      },
      ...{ start_on: dayFromToday(1 - ago), end_on: dayFromToday(sprintDays - ago) },
      closed_at: isOpen ? null : todayMs - (ago - sprintDays) * dayMs,
      ...{ version: 1, created_by: people[0] ?? '', creation_key: `creation-of-${key}-sprint-${index}` },
      ...{ created_at: beganAtMs, updated_at: beganAtMs },
    };
  });
}

/** Each has a value for every second week, and two milestones that lead there. */
async function fillGoals(trx: Transaction<Tables>, { key, people }: Placed): Promise<void> {
  const idOf = (index: number): string => `${key}-goal-${index}`;
  const personOf = (index: number): string => people[index % people.length] ?? '';
  await trx
    .insertInto('goals')
    .values(
      each(goalsEach, (index) => ({
        ...{ id: idOf(index), project_id: key, title: `Goal ${index + 1}`, description: 'Why it is worth it.' },
        ...{ metric: 'Visitors a week', unit: 'number' as const, currency: null },
        ...{ start_value: 0, current_value: 10 * valuesEach, target_value: 500, status: 'on_track' as const },
        owner_id: personOf(index),
        ...{ start_on: dayFromToday(-daysOfUse), end_on: dayFromToday(60 + index), version: 1 },
        ...{ created_by: personOf(0), creation_key: `creation-of-${idOf(index)}` },
        ...{ created_at: beganAtMs, updated_at: beganAtMs },
      })),
    )
    .execute();
  await trx
    .insertInto('goal_values')
    .values(
      each(goalsEach * valuesEach, (index) => ({
        ...{ id: `${key}-value-${index}`, goal_id: idOf(index % goalsEach), person_id: personOf(index) },
        ...{ value: 10 * Math.floor(index / goalsEach), status: 'on_track' as const, note: 'As counted on Friday.' },
        ...{ creation_key: `creation-of-${key}-value-${index}` },
        at: beganAtMs + Math.floor((index * daysOfUse) / (goalsEach * valuesEach)) * dayMs,
      })),
    )
    .execute();
  await trx
    .insertInto('goal_milestones')
    .values(
      each(2 * goalsEach, (index) => ({
        goal_id: idOf(Math.floor(index / 2)),
        milestone_id: `${key}-milestone-${index % milestonesEach}`,
      })),
    )
    .execute();
}

/** One a week. */
function updateRows({ key, people }: Placed): Tables['status_updates'][] {
  return each(updatesEach, (index) => ({
    ...{ id: `${key}-update-${index}`, project_id: key, person_id: people[index % people.length] ?? '' },
    ...{ light: lights[index % lights.length] ?? 'green', text: 'It goes on as planned, but for the paper.' },
    ...{ creation_key: `creation-of-${key}-update-${index}`, at: todayMs - (updatesEach - index) * 7 * dayMs },
  }));
}

const blocksADay = 6;
const plannedDays = 30;

/** What somebody planned for today and the days before, of all projects in turn. */
export function dayPlanRows(personId: string, nth: number, places: readonly Placed[]): Tables['day_plan'][] {
  return each(blocksADay * plannedDays, (index) => {
    const place = places[(nth + index) % places.length];
    const id = `${personId}-block-${index}`;
    return {
      ...{ id, person_id: personId, to_do_id: `${place?.key}-${1 + ((nth * 7 + index) % (place?.toDos ?? 1))}` },
      ...{ day: dayFromToday(-Math.floor(index / blocksADay)), start_minute: 480 + 60 * (index % blocksADay) },
      ...{ minutes: 45, creation_key: `creation-of-${id}`, changes: 0, updated_at: todayMs },
    };
  });
}
