/** Type and size of a to-do, as they are picked from short lists. */
import { type Effort, efforts, type ToDoType, toDoTypes } from '../../../wire/to-do.ts';
import { Icon } from '../kit/icon.tsx';
import { Pick } from '../kit/pick.tsx';
import { type Say, useSay } from '../words/say.ts';

export function sayType(say: Say, type: ToDoType): string {
  switch (type) {
    case 'task':
      return say('Task');
    case 'story':
      return say('Story');
    case 'bug':
      return say('Bug');
  }
}

export function sayEffort(say: Say, effort: Effort): string {
  switch (effort) {
    case 0.5:
      return say('Two minutes');
    case 1:
      return say('XS, an hour or so');
    case 2:
      return say('S, half a day');
    case 3:
      return say('M, a day or two');
    case 5:
      return say('L, a week');
    case 8:
      return say('XL, weeks');
    case 13:
      return say('XXL, cut it into parts');
  }
}

type TypePickProps = {
  readonly value: ToDoType;
  readonly onPick: (type: ToDoType) => void;
  readonly isDisabled: boolean;
};

export function TypePick({ value, onPick, isDisabled }: TypePickProps) {
  const say = useSay();
  const choices = toDoTypes.map((id) => ({ id, name: sayType(say, id) }));
  return (
    <Pick label={say('Type')} choices={choices} value={value} onPick={onPick} isDisabled={isDisabled}>
      <Icon name="circle" />
      {sayType(say, value)}
    </Pick>
  );
}

type EffortPickProps = {
  readonly value: Effort | null;
  readonly onPick: (effort: Effort | null) => void;
  readonly isDisabled: boolean;
};

export function EffortPick({ value, onPick, isDisabled }: EffortPickProps) {
  const say = useSay();
  const choices = [
    { id: 'none', name: say('No size') },
    ...efforts.map((effort) => ({ id: String(effort), name: sayEffort(say, effort) })),
  ];
  return (
    <Pick
      label={say('Size')}
      choices={choices}
      value={value === null ? 'none' : String(value)}
      onPick={(id) => onPick(efforts.find((effort) => String(effort) === id) ?? null)}
      isDisabled={isDisabled}
    >
      {value === null ? <span className="pick-none">{say('No size')}</span> : sayEffort(say, value)}
    </Pick>
  );
}
