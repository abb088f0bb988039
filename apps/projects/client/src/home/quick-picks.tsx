/** What stands beside the line that is written: when it is due, and in which project it goes. Comes when the line is entered. */
import type { Day } from '../../../wire/days.ts';
import { Pick } from '../kit/pick.tsx';
import { repeatedNames } from '../shell/repeated-names.ts';
import { DuePick } from '../to-do/due-pick.tsx';
import type { Place } from '../to-do/quick-line.tsx';
import { useSay } from '../words/say.ts';

type PicksProps = {
  readonly dueOn: Day | null;
  readonly onDueOn: (day: Day | null) => void;
  readonly places: readonly Place[];
  readonly projectKey: string;
  readonly onPlace: (key: string) => void;
};

export function QuickPicks({ dueOn, onDueOn, places, projectKey, onPlace }: PicksProps) {
  const say = useSay();
  const repeated = repeatedNames(places);
  const nameOf = ({ key, name }: (typeof places)[number]) => (repeated.has(name) ? `${name} (${key})` : name);
  const place = places.find(({ key }) => key === projectKey);
  return (
    <>
      <DuePick value={dueOn} onPick={onDueOn} />
      <Pick
        label={say('Project')}
        choices={places.map((each) => ({ id: each.key, name: nameOf(each) }))}
        value={projectKey}
        onPick={onPlace}
      >
        {place && nameOf(place)}
      </Pick>
    </>
  );
}
