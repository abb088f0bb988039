/** Type and effort of a to-do, as they are picked from short lists. */
import { type Effort, efforts, type ToDoType, toDoTypes } from '../../../wire/to-do.ts';
import { Icon } from '../kit/icon.tsx';
import { Pick } from '../kit/pick.tsx';
import { useSay } from '../words/say.ts';
import { effortInWords, effortName, typeName } from './names.ts';

type TypePickProps = {
  readonly value: ToDoType;
  readonly onPick: (type: ToDoType) => void;
  readonly isDisabled: boolean;
};

export function TypePick({ value, onPick, isDisabled }: TypePickProps) {
  const say = useSay();
  const choices = toDoTypes.map((id) => ({ id, name: typeName(say, id) }));
  return (
    <Pick label={say('Type')} choices={choices} value={value} onPick={onPick} isDisabled={isDisabled}>
      <Icon name="circle" />
      {typeName(say, value)}
    </Pick>
  );
}

type EffortPickProps = {
  readonly value: Effort | null;
  readonly onPick: (effort: Effort | null) => void;
  readonly isDisabled: boolean;
  /** The button shows the size alone. */
  readonly isShort?: boolean;
};

export function EffortPick({ value, onPick, isDisabled, isShort = false }: EffortPickProps) {
  const say = useSay();
  const choices = [
    { id: 'none', name: say('No effort') },
    ...efforts.map((effort) => ({ id: String(effort), name: effortInWords(say, effort) })),
  ];
  return (
    <Pick
      label={say('Effort')}
      choices={choices}
      value={value === null ? 'none' : String(value)}
      onPick={(id) => onPick(efforts.find((effort) => String(effort) === id) ?? null)}
      isDisabled={isDisabled}
    >
      {value === null ? (
        <span className="pick-none">{say('No effort')}</span>
      ) : isShort ? (
        effortName(say, value)
      ) : (
        effortInWords(say, value)
      )}
    </Pick>
  );
}
