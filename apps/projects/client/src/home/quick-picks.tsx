/** What stands beside the line that is written: when it is due, and in which project it goes. Comes when the line is entered. */
import type { Day } from '../../../wire/days.ts';
import { Pick } from '../kit/pick.tsx';
import { DuePick } from '../to-do/due-pick.tsx';
import { useSay } from '../words/say.ts';

export type Place = { readonly key: string; readonly name: string };

type PicksProps = {
  readonly dueOn: Day | null;
  readonly onDueOn: (day: Day | null) => void;
  readonly places: readonly Place[];
  readonly projectKey: string;
  readonly onPlace: (key: string) => void;
};

export function QuickPicks({ dueOn, onDueOn, places, projectKey, onPlace }: PicksProps) {
  const say = useSay();
  return (
    <>
      <DuePick value={dueOn} onPick={onDueOn} />
      <Pick
        label={say('Project')}
        choices={places.map(({ key, name }) => ({ id: key, name }))}
        value={projectKey}
        onPick={onPlace}
      >
        {places.find(({ key }) => key === projectKey)?.name}
      </Pick>
    </>
  );
}
