/** What a webhook is told of, chosen by groups. */
import { useSay } from '../words/say.ts';
import { type KindGroup, kindGroups, sayGroup } from './kinds.ts';

type KindChoiceProps = {
  readonly groups: readonly KindGroup[];
  readonly onChange: (groups: readonly KindGroup[]) => void;
};

export function KindChoice({ groups, onChange }: KindChoiceProps) {
  const say = useSay();
  return (
    <fieldset className="webhook-kinds">
      <legend>{say('Told of')}</legend>
      {kindGroups.map((group) => (
        <label key={group} className="check">
          <input
            type="checkbox"
            checked={groups.includes(group)}
            onChange={() =>
              onChange(groups.includes(group) ? groups.filter((each) => each !== group) : [...groups, group])
            }
          />
          {sayGroup(say, group)}
        </label>
      ))}
    </fieldset>
  );
}
