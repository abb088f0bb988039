/**
 * Gives a milestone or a to-do other days: shown at once, one request and one row for a drag, put back when refused, and
 * undone from the message. Drags of one thing follow each other, each on the version that the last one made.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MilestoneAnswer, TimelineAnswer } from '../../../wire/milestone.ts';
import type { ToDoAnswer } from '../../../wire/to-do.ts';
import { callApi } from '../api/client.ts';
import { sayRange } from '../kit/day-words.ts';
import { showDone, showProblem } from '../kit/toast.tsx';
import { changeMilestones, milestoneKeys, refreshPlans } from '../milestones/use-milestones.ts';
import { useSay } from '../words/say.ts';
import type { Span } from './geometry.ts';
import { type Row, spanOf } from './rows.ts';

type Change = { readonly row: Row; readonly span: Span };

export function useReschedule(key: string): (row: Row, span: Span) => void {
  const cache = useQueryClient();
  const say = useSay();

  function show({ row, span }: Change, version?: number): void {
    const fresh = version === undefined ? {} : { version };
    if (row.kind === 'milestone')
      changeMilestones(cache, key, (all) =>
        all.map((each) => (each.id === row.milestone.id ? { ...each, ...span, ...fresh } : each)),
      );
    if (row.kind === 'to-do')
      cache.setQueryData<TimelineAnswer>(milestoneKeys.timeline(key), (answer) => {
        const moved = { workStartOn: span.startOn, workEndOn: span.endOn, ...fresh };
        const toDos = answer?.toDos.map((each) => (each.number === row.toDo.number ? { ...each, ...moved } : each));
        return answer && toDos && { ...answer, toDos };
      });
  }

  const known = (): TimelineAnswer | undefined => cache.getQueryData<TimelineAnswer>(milestoneKeys.timeline(key));

  const change = useMutation({
    mutationKey: ['reschedule', key],
    scope: { id: `reschedule-${key}` },
    async mutationFn({ row, span }: Change): Promise<number> {
      if (row.kind === 'milestone') {
        const { id } = row.milestone;
        const version = known()?.milestones.find((each) => each.id === id)?.version ?? row.milestone.version;
        const path = `/projects/${key}/milestones/${id}`;
        return (await callApi<MilestoneAnswer>('PATCH', path, { version, ...span })).milestone.version;
      }
      if (row.kind === 'rest') throw new TypeError('a heading has no days');
      const { number } = row.toDo;
      const version = known()?.toDos.find((each) => each.number === number)?.version ?? row.toDo.version;
      const body = { version, workStartOn: span.startOn, workEndOn: span.endOn };
      return (await callApi<ToDoAnswer>('PATCH', `/projects/${key}/to-dos/${number}`, body)).toDo.version;
    },
    async onMutate(made) {
      show(made);
      // A reading under way is from before; stopping it takes back what it began from, so the change is shown again.
      await cache.cancelQueries({ queryKey: milestoneKeys.timeline(key) });
      show(made);
    },
    onSuccess(version, made) {
      // A later drag of the same bar is shown already; only the version is news then.
      const later = cache.isMutating({ mutationKey: ['reschedule', key] }) > 1;
      const row = later ? rowNow(made.row, known()) : undefined;
      show({ row: made.row, span: (row && spanOf(row)) ?? made.span }, version);
    },
    onError(error) {
      showProblem(error);
      refreshPlans(cache, key);
    },
  });

  return function reschedule(row, span) {
    const before = spanOf(row);
    change.mutateAsync({ row, span }).then(
      () => {
        const days = sayRange(span.startOn, span.endOn);
        const undo = { name: say('Undo'), run: () => before && change.mutate({ row, span: before }) };
        showDone(say('{title}: {days}', { title: titleOf(row), days }), ...(before ? [undo] : []));
        void cache.invalidateQueries({ queryKey: ['overview', key] });
      },
      () => undefined,
    );
  };
}

export function titleOf(row: Row): string {
  if (row.kind === 'rest') return '';
  return row.kind === 'milestone' ? row.milestone.title : row.toDo.title;
}

function rowNow(row: Row, answer: TimelineAnswer | undefined): Row {
  if (row.kind === 'milestone') {
    const milestone = answer?.milestones.find(({ id }) => id === row.milestone.id);
    return milestone ? { ...row, milestone } : row;
  }
  if (row.kind === 'rest') return row;
  const toDo = answer?.toDos.find(({ number }) => number === row.toDo.number);
  return toDo ? { ...row, toDo } : row;
}
