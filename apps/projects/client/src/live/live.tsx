/** Keeps this page up to date while it is open, and says quietly when it cannot be. */
import { useMutationState, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Me } from '../../../wire/me.ts';
import { callApi, isOtherPerson, isSignedOut } from '../api/client.ts';
import { keys, useMe } from '../api/queries.ts';
import { everythingIsKept, keepUnsent } from '../api/unsent.ts';
import { showProblem } from '../kit/toast.tsx';
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
  const [isOver, setOver] = useState(false);
  const [after] = useState(liveAfter);

  useEffect(() => {
    let isOverNow = false;
    const mark = (is: boolean): void => {
      isOverNow = is;
      setOver(is);
    };
    return openLiveStream(after, person.id, {
      onChange: createChangeApplier(cache, person.id),
      onBell: (bell) => cache.setQueryData(keys.bell, bell),
      onReload: () => void cache.invalidateQueries(),
      onRefused: () => isOverNow || void tellWhyRefused().then(mark),
      onState(now) {
        setState(now);
        if (now === 'on') mark(false);
      },
    });
  }, [cache, person.id, after]);

  useEffect(() => {
    if (state === 'on' || isOver) return setTold(false);
    // The browser knows that the network is gone; a connection that broke may be back at once.
    if (!navigator.onLine) return setTold(true);
    const timer = window.setTimeout(() => setTold(true), patienceMs);
    return () => window.clearTimeout(timer);
  }, [state, isOver]);

  useEffect(() => keepUnsent(cache, person.id), [cache, person.id]);

  // What somebody does is answered at once, also when the answer is that it waits.
  const pending = useMutationState({ filters: { status: 'pending' }, select: ({ state: now }) => now });
  const hasUnsent = pending.some(({ isPaused, failureCount }) => (isPaused && state === 'away') || failureCount > 0);
  const isKept = everythingIsKept();
  useUnloadQuestion(hasUnsent && !isKept);

  return (
    <p className="live-note" role="status">
      {!hasUnsent
        ? isTold && say('You are offline. Changes of others show when you are back.')
        : isKept
          ? say('Changes that wait to be sent: {count}. They are kept on this device and sent when you are back.', {
              count: pending.length,
            })
          : say('You are offline. What you changed waits here and is sent when you are back. Keep this page open.')}
    </p>
  );
}

/** A stream that is refused does not say why: whoever asks for anything else is told. Whether this page is nobody's now. */
function tellWhyRefused(): Promise<boolean> {
  return callApi<Me>('GET', '/me').then(
    () => false,
    (error: unknown) => {
      const isOver = isSignedOut(error) || isOtherPerson(error);
      if (isOver) showProblem(error);
      return isOver;
    },
  );
}

/** The browser asks before it throws away what was not sent yet. */
function useUnloadQuestion(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isActive]);
}
