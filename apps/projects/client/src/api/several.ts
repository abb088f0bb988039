/** Changes several to-dos at once, also of several projects, with one way back for all of them. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ChangeSeveralAnswer, ChangeSeveralRequest } from '../../../wire/to-do.ts';
import { showDone, showProblem } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { callApi } from './client.ts';
import { refreshToDos } from './queries.ts';

/** What happens to some to-dos of one project: to all of them, or to none. */
type Act = { readonly key: string; readonly request: ChangeSeveralRequest };
type Made = ChangeSeveralAnswer & { readonly key: string };

/**
 * What one project refuses is told, and stops no other. `onMade` gets what was done while the page still shows what stood
 * before, also where whoever asked for it is gone by then.
 */
export function useChangeSeveral(onMade?: (made: readonly Act[]) => void) {
  const say = useSay();
  const cache = useQueryClient();
  const undo = (made: readonly Made[]): void => {
    for (const { key, changeId } of made)
      callApi('POST', `/projects/${key}/undo`, { changeId }).then(() => refreshToDos(cache, key), showProblem);
  };
  return useMutation({
    mutationFn: (acts: readonly Act[]) =>
      Promise.allSettled(
        acts.map(async ({ key, request }): Promise<Made> => {
          const answer = await callApi<ChangeSeveralAnswer>('POST', `/projects/${key}/to-dos/several`, request);
          return { ...answer, key };
        }),
      ),
    onSuccess(outcomes, acts) {
      const refused = outcomes.find(({ status }) => status === 'rejected');
      if (refused?.status === 'rejected') showProblem(refused.reason);
      const answered = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      onMade?.(acts.filter((_, index) => outcomes[index]?.status === 'fulfilled'));
      // What was refused may be so because something here is not as it was.
      for (const { key } of acts) refreshToDos(cache, key);
      const made = answered.filter(({ changeId }) => changeId !== null);
      const count = made.reduce((sum, each) => sum + each.count, 0);
      if (count === 0) return;
      const text = acts.some(({ request }) => request.trash)
        ? say('{count, plural, one {# to-do is in the trash.} other {# to-dos are in the trash.}}', { count })
        : say('{count, plural, one {# to-do changed.} other {# to-dos changed.}}', { count });
      showDone(text, { name: say('Undo'), run: () => undo(made) });
    },
  });
}
