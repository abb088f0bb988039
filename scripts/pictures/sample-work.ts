/** A project with some days of work in it, made through the workspace's own API as the person who is signed in. */
import type { Page } from 'playwright-core';

type ToDo = {
  readonly title: string;
  readonly status: string;
  /** Days from today. */
  readonly due?: number;
  readonly priority?: 1 | 2 | 3 | 4 | 5;
  readonly mine?: boolean;
  readonly description?: string;
};

const toDos: readonly ToDo[] = [
  {
    title: 'Write the invitation',
    status: 'In progress',
    due: 0,
    priority: 2,
    mine: true,
    description: 'One page, plain words.\nSay where to park, and that children are welcome.',
  },
  { title: 'Ask the bakery for two trays', status: 'New', due: 1, mine: true },
  { title: 'Reserve the garden hall', status: 'Waiting for approval', due: -2, priority: 1, mine: true },
  { title: 'Find a band that plays unplugged', status: 'New', due: 12, priority: 4, mine: true },
  { title: 'Borrow chairs from the school', status: 'Blocked', due: 5, mine: true },
  { title: 'Print name cards', status: 'New', mine: true },
  { title: 'Plan for rain', status: 'In progress', due: 8, priority: 3 },
  { title: 'Choose a date', status: 'Done', due: -6, mine: true },
  { title: 'Count who comes', status: 'Done', mine: true },
];

/** Answers with the project's key. The to-do with number 1 has a description. */
export async function addSampleWork(page: Page): Promise<string> {
  const { person } = (await call(page, 'GET', '/me')) as { person: { id: string } };
  const { project } = (await call(page, 'POST', '/projects', {
    creationKey: crypto.randomUUID(),
    name: 'Summer party',
    key: 'PARTY',
  })) as { project: { key: string; statuses: { id: string; name: string }[] } };
  for (const { title, status, due, priority, mine, description } of toDos)
    await call(page, 'POST', `/projects/${project.key}/to-dos`, {
      creationKey: crypto.randomUUID(),
      title,
      statusId: project.statuses.find(({ name }) => name === status)?.id,
      ...(due !== undefined && { dueOn: dayFromToday(due) }),
      ...(priority && { priority }),
      ...(mine && { assigneeIds: [person.id] }),
      ...(description && { description }),
    });
  return project.key;
}

export function dayFromToday(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** From within the page, with its cookie and its origin. */
export async function call(page: Page, method: string, path: string, body?: object): Promise<unknown> {
  const request = JSON.stringify({ method, ...(body && { body: JSON.stringify(body) }) });
  return page.evaluate(`(async () => {
    const answer = await fetch('/api/v1${path}', { ...${request}, headers: { 'Content-Type': 'application/json' } });
    const text = await answer.text();
    if (!answer.ok) throw new Error('${method} ${path} answered ' + answer.status + ': ' + text);
    return JSON.parse(text);
  })()`);
}
