/** What a day holds, and planning it: seen at once, put right by the server's answer, and each act with a way back. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ChangeBlockRequest,
  DayBlock,
  DayBlockAnswer,
  DayPlanAnswer,
  PlanBlockRequest,
} from '../../../wire/day-plan.ts';
import type { Day } from '../../../wire/days.ts';
import { callApi, newCreationKey } from '../api/client.ts';
import { retryUpTo } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { showDone, showProblem } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import type { Stretch } from './place.ts';
import { sayTime } from './times.ts';

/** Below one's own work, so that whatever changes a to-do reads this again too. */
const planKey = (day: Day): readonly string[] => [...keys.myWork, 'plan', day];

export function useDayPlan(day: Day) {
  return useQuery({
    queryKey: planKey(day),
    queryFn: async () => (await callApi<DayPlanAnswer>('GET', `/me/day-plan?day=${day}`)).blocks,
  });
}

/** What can be planned: a to-do, wherever it is listed. */
export type Plannable = {
  readonly projectKey: string;
  readonly projectName: string;
  readonly number: number;
  readonly title: string;
  readonly statusId: string;
};

type BlockChange = Partial<Pick<DayBlock, 'day' | 'startMinute' | 'minutes'>>;

export type DayActs = {
  plan(toDo: Plannable, stretch: Stretch): void;
  change(block: DayBlock, change: BlockChange): void;
  remove(block: DayBlock): void;
};

export function useDayActs(day: Day): DayActs {
  const say = useSay();
  const cache = useQueryClient();
  const show = (change: (blocks: readonly DayBlock[]) => readonly DayBlock[]): void =>
    void cache.setQueryData<readonly DayBlock[]>(planKey(day), (blocks) => blocks && change(blocks));
  // Whatever the answer was: what the server holds is what is shown in the end.
  const settle = {
    onError: showProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: [...keys.myWork, 'plan'] }),
  };
  const planning = useMutation({
    mutationFn: (request: PlanBlockRequest) => callApi<DayBlockAnswer>('POST', '/me/day-plan', request),
    // The creation key makes a second try harmless.
    retry: retryUpTo(1),
    ...settle,
  });
  const changing = useMutation({
    mutationFn: ({ id, request }: { id: string; request: ChangeBlockRequest }) =>
      callApi<DayBlockAnswer>('PATCH', `/me/day-plan/${id}`, request),
    ...settle,
  });
  const removing = useMutation({
    mutationFn: (id: string) => callApi<void>('DELETE', `/me/day-plan/${id}`),
    ...settle,
  });

  const undo = (run: () => void) => ({ name: say('Undo'), run });

  async function plan(toDo: Plannable, stretch: Stretch): Promise<void> {
    const { projectKey, number, title } = toDo;
    const creationKey = newCreationKey();
    show((blocks) => [...blocks, { ...toDo, ...stretch, id: creationKey, day, isDone: false }]);
    const made = await planning
      .mutateAsync({ creationKey, projectKey, number, day, ...stretch })
      .catch(() => undefined);
    if (!made) return;
    const time = sayTime(stretch.startMinute);
    showDone(
      say('Planned at {time}: {title}', { time, title }),
      undo(() => removing.mutate(made.block.id)),
    );
  }

  async function change(block: DayBlock, request: BlockChange): Promise<void> {
    const { id, title, startMinute, minutes } = block;
    show((blocks) =>
      blocks.flatMap((each) => {
        if (each.id !== id) return [each];
        const changed = { ...each, ...request };
        return changed.day === day ? [changed] : [];
      }),
    );
    const changed = await changing.mutateAsync({ id, request }).catch(() => undefined);
    if (!changed) return;
    const back = undo(() => changing.mutate({ id, request: { day: block.day, startMinute, minutes } }));
    const from = sayTime(changed.block.startMinute);
    const to = sayTime(changed.block.startMinute + changed.block.minutes);
    showDone(
      changed.block.day === day
        ? say('From {from} to {to}: {title}', { from, to, title })
        : say('Moved to another day: {title}', { title }),
      back,
    );
  }

  async function remove(block: DayBlock): Promise<void> {
    show((blocks) => blocks.filter(({ id }) => id !== block.id));
    const { projectKey, number, startMinute, minutes, title } = block;
    const gone = await removing.mutateAsync(block.id).then(
      () => true,
      () => false,
    );
    if (!gone) return;
    const again = (): void =>
      planning.mutate({ creationKey: newCreationKey(), projectKey, number, day: block.day, startMinute, minutes });
    showDone(say('Taken off this day: {title}', { title }), undo(again));
  }

  return {
    plan: (toDo, stretch) => void plan(toDo, stretch),
    change: (block, request) => void change(block, request),
    remove: (block) => void remove(block),
  };
}
