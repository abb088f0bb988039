/** What a change makes untrue is asked for again, whatever is on its way. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Like `invalidateQueries`, which leaves a first answer that is still on its way alone: it may have been given before the
 * change, so one more is asked for once it is there.
 */
export function askAgain(cache: QueryClient, queryKey: QueryKey): void {
  for (const query of cache.getQueryCache().findAll({ queryKey })) {
    const { data, fetchStatus } = query.state;
    if (data !== undefined || fetchStatus === 'idle') continue;
    const again = () => cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
    // Joins the one that is on its way.
    void query.fetch().then(again, () => undefined);
  }
  void cache.invalidateQueries({ queryKey });
}
