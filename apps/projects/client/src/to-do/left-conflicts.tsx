/** Looks after the choices that somebody left behind when they closed a to-do, one after another. */
import { Suspense, useState } from 'react';
import { useLocation } from 'react-router';
import { lazy } from '../kit/lazy.ts';
import { parseToDoPath } from '../shell/places.ts';
import { type Conflict, isOf, useConflicts } from './conflicts.ts';

const ConflictDialog = lazy(async () => ({ default: (await import('./conflict-dialog.tsx')).ConflictDialog }));

export function LeftConflicts() {
  const open = parseToDoPath(useLocation().pathname);
  const [putOff, setPutOff] = useState<readonly Conflict[]>([]);
  const isOpen = (conflict: Conflict) => open && isOf(conflict, { projectKey: open.key, number: open.number });
  const left = useConflicts().find((conflict) => !isOpen(conflict) && !putOff.includes(conflict));
  return (
    <Suspense fallback={null}>
      {left && <ConflictDialog conflict={left} onClose={() => setPutOff([...putOff, left])} />}
    </Suspense>
  );
}
