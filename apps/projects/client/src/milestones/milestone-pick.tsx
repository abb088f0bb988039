/** Picks the milestone that a to-do belongs to, or none. */
import { Pick } from '../kit/pick.tsx';
import { useSay } from '../words/say.ts';
import { useMilestones } from './use-milestones.ts';

type MilestonePickProps = {
  readonly projectKey: string;
  readonly value: string | null;
  readonly onPick: (milestoneId: string | null) => void;
  readonly isDisabled?: boolean;
};

const none = 'none';

export function MilestonePick({ projectKey, value, onPick, isDisabled = false }: MilestonePickProps) {
  const say = useSay();
  const milestones = useMilestones(projectKey).data?.milestones ?? [];
  const current = milestones.find(({ id }) => id === value);
  return (
    <Pick
      label={say('Milestone')}
      choices={[{ id: none, name: say('No milestone') }, ...milestones.map(({ id, title }) => ({ id, name: title }))]}
      value={value ?? none}
      onPick={(id) => onPick(id === none ? null : id)}
      isDisabled={isDisabled}
    >
      {current ? current.title : <span className="pick-none">{say('No milestone')}</span>}
    </Pick>
  );
}
