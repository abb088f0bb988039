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
  readonly tags?: readonly string[];
};

const toDos: readonly ToDo[] = [
  {
    title: 'Write the invitation',
    status: 'In progress',
    due: 0,
    priority: 2,
    mine: true,
    tags: ['paper'],
    description: 'One page, plain words.\nSay where to park, and that children are welcome.',
  },
  { title: 'Ask the bakery for two trays', status: 'New', due: 1, mine: true, tags: ['food'] },
  { title: 'Reserve the garden hall', status: 'Waiting for approval', due: -2, priority: 1, mine: true },
  { title: 'Find a band that plays unplugged', status: 'New', due: 12, priority: 4, mine: true },
  { title: 'Borrow chairs from the school', status: 'Blocked', due: 5, mine: true },
  { title: 'Print name cards', status: 'New', mine: true, tags: ['paper', 'hall'] },
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
  for (const { title, status, due, priority, mine, description, tags } of toDos)
    await call(page, 'POST', `/projects/${project.key}/to-dos`, {
      creationKey: crypto.randomUUID(),
      title,
      statusId: project.statuses.find(({ name }) => name === status)?.id,
      ...(due !== undefined && { dueOn: dayFromToday(due) }),
      ...(priority && { priority }),
      ...(mine && { assigneeIds: [person.id] }),
      ...(description && { description }),
      ...(tags && { tags }),
    });
  const spare = { creationKey: crypto.randomUUID(), title: 'Cancel the fireworks' };
  const { card } = (await call(page, 'POST', `/projects/${project.key}/to-dos`, spare)) as {
    card: { number: number; version: number };
  };
  await call(page, 'DELETE', `/projects/${project.key}/to-dos/${card.number}`, { version: card.version });
  await throwProjectAway(page);
  return project.key;
}

/** What the trash of projects holds. */
async function throwProjectAway(page: Page): Promise<void> {
  const { project } = (await call(page, 'POST', '/projects', {
    creationKey: crypto.randomUUID(),
    name: 'Winter party',
    key: 'WINTER',
  })) as { project: { version: number } };
  await call(page, 'POST', '/projects/WINTER/to-dos', { creationKey: crypto.randomUUID(), title: 'Order firewood' });
  await call(page, 'DELETE', '/projects/WINTER', { version: project.version });
}

export function dayFromToday(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** From within the page, with its cookie and its origin; as whoever has the access token, where one is given. */
export async function call(page: Page, method: string, path: string, body?: object, token?: string): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
  const request = JSON.stringify({ method, headers, ...(body && { body: JSON.stringify(body) }) });
  return page.evaluate(`(async () => {
    const answer = await fetch('/api/v1${path}', ${request});
    const text = await answer.text();
    if (!answer.ok) throw new Error('${method} ${path} answered ' + answer.status + ': ' + text);
    return text === '' ? undefined : JSON.parse(text);
  })()`);
}
