/** What a request failed with, and whether it is worth sending again. */
import type { Problem } from '../../../wire/problem.ts';
import type { MovedTo } from '../../../wire/to-do.ts';

export class ApiProblem extends Error {
  readonly problem: Problem;
  readonly status: number;
  /** Where a to-do went that is not here any more. */
  readonly movedTo: MovedTo['movedTo'] | undefined;

  constructor(status: number, problem: Problem, movedTo?: MovedTo['movedTo']) {
    super(problem.what);
    this.name = 'ApiProblem';
    this.status = status;
    this.problem = problem;
    this.movedTo = movedTo;
  }
}

/** Whether the server failed or was not reached. */
export function isUndecided(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500);
}

/**
 * How often a request is sent again by itself, as `retry` of a query, or of a change that may be made twice: what the server
 * decided stays decided, and only a server that failed or was not reached is asked again.
 */
export function retryUpTo(times: number): (failures: number, error: Error) => boolean {
  return (failures, error) => failures < times && (!(error instanceof ApiProblem) || isUndecided(error));
}
