/** Asks for what fits the letters that are typed, after a short rest. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { Seeking } from './pick.tsx';
import { showProblem } from './toast.tsx';

export const restMs = 200;

/** Whether it is still being asked for. */
export function useSeeking(seek: Seeking | undefined, letters: string): boolean {
  const [isSeeking, setSeeking] = useState(false);
  const ask = useEffectEvent(async (sought: string) => seek?.(sought));
  const isAsked = seek !== undefined && letters.trim() !== '';
  useEffect(() => {
    setSeeking(isAsked);
    if (!isAsked) return;
    let isWanted = true;
    const timer = setTimeout(() => {
      ask(letters)
        .catch((error: unknown) => isWanted && showProblem(error))
        .finally(() => isWanted && setSeeking(false));
    }, restMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [isAsked, letters]);
  return isSeeking;
}
