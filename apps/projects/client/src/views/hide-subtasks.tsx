/** Shows everything, or only what is no part of another. */
import { Icon } from '../kit/icon.tsx';
import { useSay } from '../words/say.ts';

export function HideSubtasks({ isOn, onTurn }: { isOn: boolean; onTurn: (isOn: boolean) => void }) {
  const say = useSay();
  return (
    <button type="button" className="pick" aria-pressed={isOn} onClick={() => onTurn(!isOn)}>
      <span className={isOn ? undefined : 'pick-none'}>{say('Hide subtasks')}</span>
      {isOn && <Icon name="check" />}
    </button>
  );
}
