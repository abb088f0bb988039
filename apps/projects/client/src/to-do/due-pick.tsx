/** Picks a due day: the days people mean most, or any other from the device's own calendar. */
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { addDays, type Day, dayOf, isDay, nextMonday } from '../../../wire/days.ts';
import { Icon } from '../kit/icon.tsx';
import { DueWords } from './due-words.tsx';

type DuePickProps = {
  readonly value: Day | null;
  readonly onPick: (day: Day | null) => void;
  readonly isDisabled?: boolean;
  /** What the button shows in place of the day. */
  readonly children?: ReactNode;
};

export function DuePick({ value, onPick, isDisabled = false, children }: DuePickProps) {
  const today = dayOf(new Date());
  const [open, setOpen] = useState(false);
  const pick = (day: Day | null): void => {
    setOpen(false);
    if (day !== value || children) onPick(day);
  };
  const quick: readonly { name: string; day: Day }[] = [
    { name: 'Today', day: today },
    { name: 'Tomorrow', day: addDays(today, 1) },
    { name: 'Next Monday', day: nextMonday(today) },
  ];
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button className="pick" isDisabled={isDisabled}>
        <span className="visually-hidden">Due: </span>
        <Icon name="calendar" />
        {children ?? (value ? <DueWords day={value} today={today} /> : <span className="pick-none">No due date</span>)}
      </Button>
      <Popover className="popover" placement="bottom start">
        <Dialog className="due-dialog" aria-label="Due date">
          {quick.map(({ name, day }) => (
            <Button key={name} className="menu-item" onPress={() => pick(day)}>
              {name} <span className="menu-note">{sayDate(day)}</span>
            </Button>
          ))}
          <label className="due-other">
            Another day
            <input
              type="date"
              defaultValue={value ?? ''}
              min="1970-01-01"
              max="9999-12-31"
              onKeyDown={(event) => event.key === 'Enter' && pickFrom(event.currentTarget.value, pick)}
              onBlur={(event) =>
                event.currentTarget.value !== (value ?? '') && pickFrom(event.currentTarget.value, pick)
              }
            />
          </label>
          {(value || children) && (
            <Button className="menu-item" onPress={() => pick(null)}>
              No due date
            </Button>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function pickFrom(text: string, pick: (day: Day | null) => void): void {
  if (isDay(text)) pick(text);
}

function sayDate(day: Day): string {
  return new Date(`${day}T12:00:00`).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
}
