/** The plan of the sample project: milestones, a sprint, goals, and what people say about it. Its to-dos are there already. */
import type { Page } from 'playwright-core';
import { call, dayFromToday } from './sample-work.ts';

export async function addSamplePlan(page: Page, key: string): Promise<void> {
  const { person } = (await call(page, 'GET', '/me')) as { person: { id: string } };
  const make = (what: string, body: object): Promise<unknown> =>
    call(page, 'POST', `/projects/${key}/${what}`, { creationKey: crypto.randomUUID(), ...body });
  async function milestone(title: string, first: number, last: number, more: object = {}): Promise<string> {
    const days = { startOn: dayFromToday(first), endOn: dayFromToday(last) };
    const made = (await make('milestones', { title, ...days, ...more })) as { milestone: { id: string } };
    return made.milestone.id;
  }
  const invited = await milestone('Everybody is invited', -8, 3, { status: 'active', ownerId: person.id });
  const ordered = await milestone('Everything is ordered', 1, 14, { tone: 'amber', dependsOnIds: [invited] });
  const party = await milestone('The party', 20, 20, { tone: 'green', dependsOnIds: [ordered] });

  await place(1, { milestoneId: invited, effort: 3, workStartOn: dayFromToday(-2), workEndOn: dayFromToday(0) });
  await place(2, { milestoneId: ordered, effort: 1, workStartOn: dayFromToday(1), workEndOn: dayFromToday(1) });
  await place(3, { milestoneId: ordered, effort: 5 });
  await place(4, { milestoneId: party, effort: 8, workStartOn: dayFromToday(6), workEndOn: dayFromToday(12) });
  await place(8, { milestoneId: invited, effort: 2 });
  async function place(number: number, body: object): Promise<void> {
    const { toDo } = (await call(page, 'GET', `/projects/${key}/to-dos/${number}`)) as { toDo: { version: number } };
    await call(page, 'PATCH', `/projects/${key}/to-dos/${number}`, { version: toDo.version, ...body });
  }

  const days = { startOn: dayFromToday(-4), endOn: dayFromToday(9) };
  const { sprints } = (await make('sprints', {
    name: 'Two weeks before',
    aim: 'Nothing is left to chance.',
    ...days,
  })) as {
    sprints: { id: string }[];
  };
  const sprintId = sprints[0]?.id ?? null;
  await call(page, 'POST', `/projects/${key}/sprint-plan`, { numbers: [1, 2, 3, 8], sprintId });

  const guests = { metric: 'Guests who said yes', unit: 'number', startValue: 0, targetValue: 60, ownerId: person.id };
  await goal({ title: 'More guests than last year', ...guests, milestoneIds: [invited] }, [12, 31], 'on_track');
  const cost = { metric: 'Cost a guest', unit: 'currency', currency: 'EUR', startValue: 24, targetValue: 15 };
  await goal({ title: 'Cheaper for everybody', ...cost }, [22.5], 'at_risk');
  async function goal(body: object, values: readonly number[], status: string): Promise<void> {
    const made = (await make('goals', body)) as { goal: { id: string } };
    for (const value of values) await make(`goals/${made.goal.id}/values`, { value, status });
  }

  await make('status-updates', { light: 'green', text: 'The hall is as good as ours.' });
  await make('status-updates', { light: 'yellow', text: 'The garden waits for the weather. Plan B is the hall.' });
}
