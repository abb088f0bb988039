/** The days to pick from, open: those that people mean most, or any other from the calendar. */
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { addDays, type Day, nextMonday } from '../../../wire/days.ts';
import { DayCalendar } from '../kit/day-field.tsx';
import { sayWeekday } from '../kit/day-words.ts';
import type { Opened } from '../kit/opener.tsx';
import { useSay } from '../words/say.ts';

type DueDialogProps = {
  readonly opened: Opened;
  readonly value: Day | null;
  readonly today: Day;
  readonly mayClear: boolean;
  readonly onPick: (day: Day | null) => void;
};

export function DueDialog({ opened, value, today, mayClear, onPick }: DueDialogProps) {
  const say = useSay();
  const { triggerRef, isOpen, onOpenChange } = opened;
  const pick = (day: Day | null): void => {
    onOpenChange(false);
    onPick(day);
  };
  const quick: readonly { name: string; day: Day }[] = [
    { name: say('Today'), day: today },
    { name: say('Tomorrow'), day: addDays(today, 1) },
    { name: say('Next Monday'), day: nextMonday(today) },
  ];
  return (
    <Popover
      className="popover"
      placement="bottom start"
      triggerRef={triggerRef}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <Dialog className="due-dialog" aria-label={say('Due date')}>
        {quick.map(({ name, day }) => (
          <Button key={name} className="menu-item" onPress={() => pick(day)}>
            {name} <span className="menu-note">{sayWeekday(day)}</span>
          </Button>
        ))}
        <div className="due-other">
          <DayCalendar label={say('Another day')} value={value} onPick={pick} />
        </div>
        {mayClear && (
          <Button className="menu-item" onPress={() => pick(null)}>
            {say('No due date')}
          </Button>
        )}
      </Dialog>
    </Popover>
  );
}
