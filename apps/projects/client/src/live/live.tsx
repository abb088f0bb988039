/** Keeps this page up to date while it is open, and says quietly when it cannot be. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys, useMe } from '../api/queries.ts';
import { useSay } from '../words/say.ts';
import { createChangeApplier } from './apply-change.ts';
import { type LiveState, openLiveStream } from './stream.ts';

/** A connection that is back at once was never worth a word. */
const patienceMs = 4_000;

export function Live() {
  const say = useSay();
  const cache = useQueryClient();
  const { person, liveAfter } = useMe();
  const [state, setState] = useState<LiveState>('on');
  const [isTold, setTold] = useState(false);
  const [after] = useState(liveAfter);

  useEffect(
    () =>
      openLiveStream(after, {
        onChange: createChangeApplier(cache, person.id),
        onBell: (bell) => cache.setQueryData(keys.bell, bell),
        onReload: () => void cache.invalidateQueries(),
        onState: setState,
      }),
    [cache, person.id, after],
  );

  useEffect(() => {
    if (state === 'on') return setTold(false);
    const timer = window.setTimeout(() => setTold(true), patienceMs);
    return () => window.clearTimeout(timer);
  }, [state]);

  return (
    <p className="live-note" role="status">
      {isTold && say('You are offline. Changes of others show when you are back.')}
    </p>
  );
}
