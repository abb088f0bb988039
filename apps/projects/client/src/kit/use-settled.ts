/** A value as it was when it last stood still: what is typed is asked for a moment after the last key. */
import { useEffect, useState } from 'react';

const settledMs = 120;

export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settledMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
