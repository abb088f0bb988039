/** Picks the sprint that a to-do is in, or none. A sprint that is closed stays to be seen, and is not offered. */
import { Pick } from '../kit/pick.tsx';
import { useSay } from '../words/say.ts';
import { useSprints } from './use-sprints.ts';

type SprintPickProps = {
  readonly projectKey: string;
  readonly value: string | null;
  readonly onPick: (sprintId: string | null) => void;
  readonly isDisabled?: boolean;
};

const none = 'none';

export function SprintPick({ projectKey, value, onPick, isDisabled = false }: SprintPickProps) {
  const say = useSay();
  const sprints = useSprints(projectKey).data?.sprints ?? [];
  const current = sprints.find(({ id }) => id === value);
  const offered = sprints.filter(({ id, closedAt }) => closedAt === null || id === value);
  return (
    <Pick
      label={say('Sprint')}
      choices={[{ id: none, name: say('No sprint') }, ...offered.map(({ id, name }) => ({ id, name }))]}
      value={value ?? none}
      onPick={(id) => onPick(id === none ? null : id)}
      isDisabled={isDisabled}
    >
      {current ? current.name : <span className="pick-none">{say('No sprint')}</span>}
    </Pick>
  );
}
