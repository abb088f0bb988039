/** What went wrong, told where it did; nothing as long as all is well. */
import { sayProblem } from '../api/client.ts';

export function Problem({ error }: { error: unknown }) {
  return error ? (
    <p className="form-problem" role="alert">
      {sayProblem(error)}
    </p>
  ) : null;
}
