/** Changes several to-dos at once, with one way back for all of them. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ChangeSeveralAnswer, ChangeSeveralRequest } from '../../../wire/to-do.ts';
import { showDone, showProblem } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { callApi } from './client.ts';
import { keys } from './queries.ts';

export function useChangeSeveral(key: string) {
  const say = useSay();
  const cache = useQueryClient();
  const refresh = (): void => {
    void cache.invalidateQueries({ queryKey: keys.board(key) });
    void cache.invalidateQueries({ queryKey: ['to-do', key] });
    void cache.invalidateQueries({ queryKey: keys.myWork });
  };
  const undo = (changeId: string): void => {
    callApi('POST', `/projects/${key}/undo`, { changeId }).then(refresh, showProblem);
  };
  return useMutation({
    mutationFn: (request: ChangeSeveralRequest) =>
      callApi<ChangeSeveralAnswer>('POST', `/projects/${key}/to-dos/several`, request),
    onSuccess({ count, changeId }) {
      refresh();
      if (changeId === null) return;
      showDone(say('{count, plural, one {# to-do changed.} other {# to-dos changed.}}', { count }), {
        name: say('Undo'),
        run: () => undo(changeId),
      });
    },
    onError: showProblem,
  });
}
