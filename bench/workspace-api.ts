/**
 * The workspace with 100,000 to-dos in 50 projects, on SQLite or PostgreSQL: how long what people ask for takes, a board and
 * a whole project as a file included, and what memory those take.
 */
import type { Dialect } from '@gatehouse/storage/database.ts';
import type { Figure } from './figure.ts';
import { forgetPeak, peakBytes, residentBytes } from './load.ts';
import { type Asking, askerOf, percentile95, timesOf } from './workspace-asking.ts';
import { prepareWorkspace, type WorkspaceSize } from './workspace-house.ts';
import { type Asked, dailyReads, dailyWrites, type Requests, searches } from './workspace-requests.ts';

const often: Asking = { callers: 4, asksEach: 200 };
const boards = { one: { callers: 1, asksEach: 50 }, four: { callers: 4, asksEach: 20 } };
const exports: Asking = { callers: 1, asksEach: 10 };
const promised = { atMost: 30 };

export async function measureApi(size: WorkspaceSize, dialect: Dialect): Promise<readonly Figure[]> {
  const workspace = await prepareWorkspace(size, dialect);
  const server = await workspace.start();
  try {
    const { projectKeys } = workspace;
    const asked: Asked = { ask: askerOf(workspace), projectKeys, people: size.people, toDosEach: size.toDosEach };
    const figures: Figure[] = [];
    const add = (what: string, times: readonly number[], bound?: Figure['promised']): void => {
      const figure = { what: `${what}: 95 of 100 answers within`, value: percentile95(times), unit: 'ms' };
      figures.push(bound ? { ...figure, promised: bound } : figure);
    };
    async function measure(requests: Requests, asking: Asking, bound?: Figure['promised']): Promise<number[]> {
      const all: number[] = [];
      for (const [what, request] of Object.entries(requests)) {
        const times = await timesOf(request, asking);
        add(what, times, bound);
        all.push(...times);
      }
      return all;
    }
    const resident = (what: string, bytes: number) => figures.push({ what, value: bytes / 1e6, unit: 'MB' });
    const ofProject = (file: string) => (turn: number) =>
      asked.ask(turn, 'GET', `/projects/${projectKeys[turn % projectKeys.length]}/${file}`);

    const reads = await measure(await dailyReads(asked), often, promised);
    const writes = await measure(dailyWrites(asked), often, promised);
    add('All of these together, as many of each', [...reads, ...writes], promised);
    await measure(searches(asked), often);
    await measure({ 'A board of 1,010 cards, one caller': ofProject('board') }, boards.one);
    await measure({ 'A board of 1,010 cards, four callers': ofProject('board') }, boards.four);
    resident('Resident memory of the server after it', residentBytes(server.pid).all);
    for (const [what, file] of [
      ['A project as JSON', 'project.json'],
      ['A project as CSV', 'to-dos.csv'],
    ] as const) {
      forgetPeak(server.pid);
      await measure({ [`${what}, 2,000 to-dos, one caller`]: ofProject(file) }, exports);
      resident(`${what}: resident memory of the server at its peak`, peakBytes(server.pid));
    }
    return figures;
  } finally {
    await server.stop();
    await workspace.remove();
  }
}
