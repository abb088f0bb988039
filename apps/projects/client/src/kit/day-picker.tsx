/**
 * A day as it is written in the language of the page, part by part or from a calendar. A browser's own field speaks the
 * browser's language instead. Brought when it is first shown: `day-field.tsx`.
 */
import { type CalendarDate, type DateValue, parseDate } from '@internationalized/date';
import { type ReactNode, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Heading,
} from 'react-aria-components/Calendar';
import { DateInput, DatePicker, DateSegment, Group, Label, Popover } from 'react-aria-components/DatePicker';
import { Dialog } from 'react-aria-components/Dialog';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { type Day, isDay, lastDay } from '../../../wire/days.ts';
import { useSay } from '../words/say.ts';
import { localeOfPage } from './day-words.ts';
import { Icon } from './icon.tsx';
import { firstWeekday } from './week.ts';
import '../styles/day-field.css';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const firstDay = parseDate('1970-01-01');
const latestDay = parseDate(lastDay);

const dateOf = (day: string | null): CalendarDate | null => (day !== null && isDay(day) ? parseDate(day) : null);
const weekBeginsOn = () => weekdays[firstWeekday() - 1] ?? 'mon';

export type DayFieldProps = {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  /** Under which the form that it stands in finds the day; empty for none. */
  readonly name?: string;
  readonly value: Day | null;
  /** Each whole day on the way to the one that is meant, too. */
  readonly onChange?: (day: Day | null) => void;
  /** The day that stands there when the field is left, or was picked. */
  readonly onLeave?: (day: Day | null) => void;
  readonly isDisabled?: boolean;
  readonly isRequired?: boolean;
};

export function DayPicker(props: DayFieldProps) {
  const {
    label,
    isLabelHidden = false,
    name,
    value,
    onChange,
    onLeave,
    isDisabled = false,
    isRequired = false,
  } = props;
  const held = useRef(value);
  function keep(date: DateValue | null): void {
    held.current = date === null ? null : date.toString();
    if (held.current === null || isDay(held.current)) onChange?.(held.current);
  }
  function leave(): void {
    if (held.current === null || isDay(held.current)) onLeave?.(held.current);
  }
  return (
    <I18nProvider locale={localeOfPage()}>
      <DatePicker
        className="field day-field"
        {...(isLabelHidden && { 'aria-label': label })}
        {...(name !== undefined && { name })}
        defaultValue={dateOf(value)}
        minValue={firstDay}
        maxValue={latestDay}
        granularity="day"
        shouldForceLeadingZeros
        firstDayOfWeek={weekBeginsOn()}
        isDisabled={isDisabled}
        isRequired={isRequired}
        onChange={keep}
        onBlur={leave}
        onOpenChange={(isOpen) => !isOpen && leave()}
      >
        {!isLabelHidden && <Label>{label}</Label>}
        <Group className="input day-group">
          <DateInput className="day-input">
            {(segment) => <DateSegment className="day-segment" segment={segment} />}
          </DateInput>
          <Button className="day-open">
            <Icon name="calendar" />
          </Button>
        </Group>
        <Popover className="popover" placement="bottom start">
          <Dialog className="due-dialog">
            <Calendar className="calendar">
              <CalendarParts />
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  );
}

export type DayCalendarProps = {
  readonly label: string;
  readonly value: Day | null;
  readonly onPick: (day: Day) => void;
};

/** The calendar alone, where a day is picked at once. */
export function PickCalendar({ label, value, onPick }: DayCalendarProps) {
  return (
    <I18nProvider locale={localeOfPage()}>
      <Calendar
        className="calendar"
        aria-label={label}
        defaultValue={dateOf(value)}
        minValue={firstDay}
        maxValue={latestDay}
        firstDayOfWeek={weekBeginsOn()}
        onChange={(date) => onPick(date.toString())}
      >
        <CalendarParts />
      </Calendar>
    </I18nProvider>
  );
}

function CalendarParts(): ReactNode {
  const say = useSay();
  return (
    <>
      <div className="calendar-head">
        <Button slot="previous" className="icon-button calendar-back" aria-label={say('The month before')}>
          <Icon name="chevron" />
        </Button>
        <Heading className="calendar-title" />
        <Button slot="next" className="icon-button calendar-on" aria-label={say('The month after')}>
          <Icon name="chevron" />
        </Button>
      </div>
      <CalendarGrid weekdayStyle="short" className="calendar-grid">
        <CalendarGridHeader>{(name) => <CalendarHeaderCell>{name}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>{(date) => <CalendarCell date={date} className="calendar-day" />}</CalendarGridBody>
      </CalendarGrid>
    </>
  );
}
