/** Whether a milestone or a sprint that a request names is one of the project. */
import { invalid, type Refusal } from '../api/refusal.ts';
import type { Executor } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';

export type PlanPlace = {
  readonly milestoneId?: string | null | undefined;
  readonly sprintId?: string | null | undefined;
};

// Neither exists yet, so none that a request names is one of this project.
export async function refuseStrangePlace(
  _trx: Executor,
  _project: SeenProject,
  { milestoneId, sprintId }: PlanPlace,
): Promise<Refusal | undefined> {
  if (milestoneId) return invalid([{ path: 'milestoneId', message: 'This project has no such milestone.' }]);
  if (sprintId) return invalid([{ path: 'sprintId', message: 'This project has no such sprint.' }]);
  return undefined;
}
