/** Picks a due day: a button that shows it. The days to pick from open from it. */
import type { ReactNode } from 'react';
import type { Day } from '../../../wire/days.ts';
import { useToday } from '../kit/clock.ts';
import { Icon } from '../kit/icon.tsx';
import { lazyAhead } from '../kit/lazy.ts';
import { Opener } from '../kit/opener.tsx';
import { useSay } from '../words/say.ts';
import { DueWords } from './due-words.tsx';

const DueDialog = lazyAhead(async () => ({ default: (await import('./due-dialog.tsx')).DueDialog }));

type DuePickProps = {
  readonly value: Day | null;
  readonly onPick: (day: Day | null) => void;
  /** What is done is never late. */
  readonly isDone?: boolean;
  readonly isDisabled?: boolean;
  /** What the button shows in place of the day. */
  readonly children?: ReactNode;
};

export function DuePick({ value, onPick, isDone = false, isDisabled = false, children }: DuePickProps) {
  const say = useSay();
  const today = useToday();
  return (
    <Opener
      className="pick"
      isDisabled={isDisabled}
      opens="dialog"
      popup={(opened) => (
        <DueDialog
          opened={opened}
          value={value}
          today={today}
          mayClear={value !== null || children !== undefined}
          onPick={(day) => {
            if (day !== value || children) onPick(day);
          }}
        />
      )}
    >
      <span className="visually-hidden">{say('Due:')} </span>
      <Icon name="calendar" />
      {children ??
        (value ? <DueWords day={value} done={isDone} /> : <span className="pick-none">{say('No due date')}</span>)}
    </Opener>
  );
}
