/** The hours of a day from midnight to midnight, opened where a day begins for most. A to-do that is dragged over shows its place. */
import { type DragEvent, useEffect, useRef, useState } from 'react';
import type { DayBlock } from '../../../wire/day-plan.ts';
import type { Day } from '../../../wire/days.ts';
import { useMinuteOfDay } from '../kit/clock.ts';
import { useSay } from '../words/say.ts';
import { Block } from './block.tsx';
import { layOut, snap, startAt } from './place.ts';
import { sayTime } from './times.ts';
import type { DayActs } from './use-day.ts';

const hourHeight = 60;
const minuteHeight = hourHeight / 60;
const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** What stands at the top at first: a little before the first block, else the morning. */
const morningMinute = 7 * 60 + 30;

/** What scrolls takes the focus, also while nothing in it could. */
const reachedByKeys = { tabIndex: 0 };

type ColumnProps = {
  readonly day: Day;
  readonly today: Day;
  readonly blocks: readonly DayBlock[];
  readonly acts: DayActs;
  /** How long what is dragged would be; undefined while nothing is. */
  readonly dragged: number | undefined;
  readonly onDrop: (startMinute: number) => void;
};

export function DayColumn({ day, today, blocks, acts, dragged, onDrop }: ColumnProps) {
  const say = useSay();
  const scroll = useRef<HTMLElement>(null);
  const [over, setOver] = useState<number>();
  const placeAt = (minute: number | undefined) =>
    dragged !== undefined && minute !== undefined ? startAt({ startMinute: 0, minutes: dragged }, minute) : undefined;
  const ghost = placeAt(over);
  const minute = useMinuteOfDay();

  useEffect(() => {
    scroll.current?.scrollTo({ top: morningMinute * minuteHeight });
  }, []);

  /** A pointer's way to plan; the menu of each to-do is the other. */
  const dropping = {
    onDragOver(event: DragEvent<HTMLElement>) {
      if (dragged === undefined) return;
      event.preventDefault();
      setOver(minuteAt(event));
    },
    onDragLeave({ relatedTarget, currentTarget }: DragEvent<HTMLElement>) {
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(undefined);
    },
    onDrop(event: DragEvent<HTMLElement>) {
      event.preventDefault();
      // It may be let go of before its last place is drawn.
      const place = placeAt(minuteAt(event));
      if (place) onDrop(place.startMinute);
      setOver(undefined);
    },
  };

  function minuteAt(event: DragEvent<HTMLElement>): number {
    const { top } = event.currentTarget.getBoundingClientRect();
    return snap((event.clientY - top) / minuteHeight);
  }

  return (
    <section ref={scroll} className="day-scroll" aria-label={say('Hours')} {...reachedByKeys}>
      <div className="day-hours" style={{ blockSize: 24 * hourHeight }} {...dropping}>
        {hours.map((hour) => (
          <div key={hour} className="day-hour" style={{ insetBlockStart: hour * hourHeight }} aria-hidden="true">
            <span>{sayTime(hour * 60)}</span>
          </div>
        ))}
        {day === today && (
          <div className="day-now" style={{ insetBlockStart: minute * minuteHeight }} aria-hidden="true" />
        )}
        <ul className="day-blocks" aria-label={say('Planned')}>
          {layOut(blocks).map(({ block, column, columns }) => (
            <Block
              key={block.id}
              block={block}
              column={column}
              columns={columns}
              minuteHeight={minuteHeight}
              acts={acts}
            />
          ))}
        </ul>
        {ghost && (
          <div
            className="day-ghost"
            style={{ insetBlockStart: ghost.startMinute * minuteHeight, blockSize: ghost.minutes * minuteHeight }}
            aria-hidden="true"
          >
            {sayTime(ghost.startMinute)}
          </div>
        )}
      </div>
      <p id="day-keys" className="visually-hidden">
        {say(
          'Arrow keys move it by a quarter of an hour, with Shift they change its length. Enter opens it, Delete takes it off the day.',
        )}
      </p>
    </section>
  );
}
