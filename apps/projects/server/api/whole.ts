/** A transaction that keeps everything, or, when it ends in a refusal, nothing. Knows no feature. */
import { isRefusal, type Refusal } from './refusal.ts';
import type { Executor, Workspace } from './workspace.ts';

export async function wholeOrNothing<T extends object>(
  workspace: Workspace,
  run: (trx: Executor) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await workspace.db.transaction().execute(async (trx) => {
      const answer = await run(trx);
      if (isRefusal(answer)) throw new Undone(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof Undone) return error.refusal;
    throw error;
  }
}

/** Carries a refusal out of the transaction that it rolls back. */
class Undone extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.problem.what);
    this.refusal = refusal;
  }
}
