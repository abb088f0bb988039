/** What holds for milestones whatever the database says: days in order, and no circle of waiting. Pure. */
import { invalid, type Refusal } from '../api/refusal.ts';

/** Both days or neither, the start not after the end. */
export function refuseDays(startOn: string | null, endOn: string | null): Refusal | undefined {
  if ((startOn === null) !== (endOn === null))
    return invalid([
      { path: startOn === null ? 'startOn' : 'endOn', message: 'Give both the first and the last day, or neither.' },
    ]);
  return refuseOrder(startOn, endOn);
}

export function refuseOrder(startOn: string | null, endOn: string | null): Refusal | undefined {
  if (startOn === null || endOn === null || startOn <= endOn) return undefined;
  return invalid([{ path: 'endOn', message: 'The last day is before the first.' }]);
}

export type Edge = { readonly milestone_id: string; readonly depends_on_id: string };

/** Whether `id` would in the end wait for itself, if it depended on these. */
export function wouldCircle(edges: readonly Edge[], id: string, dependsOnIds: readonly string[]): boolean {
  const waitsFor = Map.groupBy(edges, ({ milestone_id }) => milestone_id);
  const seen = new Set<string>();
  const next = [...dependsOnIds];
  for (let each = next.pop(); each !== undefined; each = next.pop()) {
    if (each === id) return true;
    if (seen.has(each)) continue;
    seen.add(each);
    next.push(...(waitsFor.get(each) ?? []).map(({ depends_on_id }) => depends_on_id));
  }
  return false;
}
