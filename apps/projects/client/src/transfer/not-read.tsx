/** Why a file was not read, and a way to try again where that may help. */
import { mayWorkLater } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Problem } from '../kit/problem.tsx';
import { useSay } from '../words/say.ts';

type NotReadProps = {
  readonly error: unknown;
  readonly isReading: boolean;
  readonly onAgain: () => void;
};

export function NotRead({ error, isReading, onAgain }: NotReadProps) {
  const say = useSay();
  if (!error) return null;
  const mayHelp = !(error instanceof ApiProblem) || mayWorkLater(error);
  return (
    <>
      <Problem error={error} />
      {mayHelp && (
        <div className="transfer-act">
          <ActButton type="button" className="button button-quiet" isPending={isReading} onClick={onAgain}>
            {say('Try again')}
          </ActButton>
        </div>
      )}
    </>
  );
}
