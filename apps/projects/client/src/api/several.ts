/** Changes several to-dos at once, also of several projects, with one way back for all of them; what is refused is named. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ChangeSeveralAnswer, ChangeSeveralRequest } from '../../../wire/to-do.ts';
import { showDone, showProblem, showProblemText } from '../kit/toast.tsx';
import { bringRest, useSay } from '../words/say.ts';
import { callApi, mayWorkLater } from './client.ts';
import { ApiProblem } from './problem.ts';
import { refreshToDos } from './queries.ts';
import { sayRefused } from './say-refused.ts';

/** What happens to some to-dos of one project. */
type Act = { readonly key: string; readonly request: ChangeSeveralRequest };
type Outcome = ChangeSeveralAnswer & {
  readonly key: string;
  /** The numbers that nothing was refused of. */
  readonly done: readonly number[];
  /** Why nothing was decided at all. */
  readonly failure?: unknown;
};

/**
 * What is refused stops nothing else. `onMade` gets what was done while the page still shows what stood before, also where
 * whoever asked for it is gone by then.
 */
export function useChangeSeveral(onMade?: (made: readonly Pick<Outcome, 'key' | 'done'>[]) => void) {
  const say = useSay();
  const cache = useQueryClient();
  const undo = (made: readonly Outcome[]): void => {
    for (const { key, changeId } of made)
      callApi('POST', `/projects/${key}/undo`, { changeId }).then(() => refreshToDos(cache, key), showProblem);
  };
  return useMutation({
    mutationFn: (acts: readonly Act[]) => Promise.all(acts.map(attempt)),
    onSuccess(outcomes, acts) {
      const failed = outcomes.find(({ failure }) => failure !== undefined);
      if (failed) showProblem(failed.failure);
      onMade?.(outcomes);
      // What was refused may be so because something here is not as it was.
      for (const { key } of acts) refreshToDos(cache, key);
      const trash = acts.some(({ request }) => request.trash);
      const all = acts.reduce((sum, { request }) => sum + request.numbers.length, 0);
      const refused = outcomes.flatMap(({ refusals }) => refusals);
      // What the server refuses, the first page does not say.
      if (refused.length > 0) void bringRest().then(() => showProblemText(sayRefused(refused, all, trash)));
      const made = outcomes.filter(({ changeId }) => changeId !== null);
      const count = made.reduce((sum, each) => sum + each.count, 0);
      if (count === 0) return;
      const text = trash
        ? say('{count, plural, one {# to-do is in the trash.} other {# to-dos are in the trash.}}', { count })
        : say('{count, plural, one {# to-do changed.} other {# to-dos changed.}}', { count });
      showDone(text, { name: say('Undo'), run: () => undo(made) });
    },
  });
}

async function attempt({ key, request }: Act): Promise<Outcome> {
  const { numbers } = request;
  try {
    const answer = await callApi<ChangeSeveralAnswer>('POST', `/projects/${key}/to-dos/several`, request);
    const refused = new Set(answer.refusals.map(({ number }) => number));
    return { ...answer, key, done: numbers.filter((number) => !refused.has(number)) };
  } catch (failure) {
    const nothing = { key, count: 0, changeId: null, done: [] };
    if (!(failure instanceof ApiProblem) || mayWorkLater(failure)) return { ...nothing, refusals: [], failure };
    const { problem } = failure;
    return { ...nothing, refusals: numbers.map((number) => ({ projectKey: key, number, problem })) };
  }
}
