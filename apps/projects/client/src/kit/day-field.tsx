/** A field for a day, and a calendar to pick one from. What they are made of is large and comes when it is needed. */
import { Suspense, useEffect, useRef } from 'react';
import type { DayCalendarProps, DayFieldProps } from './day-picker.tsx';
import { sayDate } from './day-words.ts';
import { heavy, lazy, useStandIn } from './lazy.ts';

const picker = heavy(() => import('./day-picker.tsx'));
const PickCalendar = lazy(async () => ({ default: (await import('./day-picker.tsx')).PickCalendar }));

/** Until it has come the day stands in its place, and a form keeps the day that it has. */
export function DayField(props: DayFieldProps) {
  const { name, value, label, isLabelHidden, isDisabled = false } = props;
  const { part, isWanted, standIn } = useStandIn(picker);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (part && isWanted) place.current?.querySelector<HTMLElement>('[role="spinbutton"]')?.focus();
  }, [isWanted, part]);
  return (
    <div ref={place} className="day-place">
      {part ? (
        <part.DayPicker {...props} />
      ) : (
        <div className="field">
          {!isLabelHidden && label}
          {name !== undefined && <input type="hidden" name={name} value={value ?? ''} />}
          <button type="button" className="input day-waiting" disabled={isDisabled} {...standIn}>
            <span className="visually-hidden">{label} </span>
            {value !== null && sayDate(value)}
          </button>
        </div>
      )}
    </div>
  );
}

export function DayCalendar(props: DayCalendarProps) {
  return (
    <Suspense fallback={<div className="calendar" aria-hidden="true" />}>
      <PickCalendar {...props} />
    </Suspense>
  );
}
