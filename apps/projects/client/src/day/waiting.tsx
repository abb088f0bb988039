/** What waits to be planned: one's open to-dos, the most pressing first. Each is dragged onto an hour, or planned by its menu. */
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { Link, useLocation } from 'react-router';
import type { DayBlock } from '../../../wire/day-plan.ts';
import type { Day } from '../../../wire/days.ts';
import type { MyToDo } from '../../../wire/my-work.ts';
import { useMinuteOfDay } from '../kit/clock.ts';
import { homePath } from '../shell/places.ts';
import { ToDoLink } from '../shell/to-do-link.tsx';
import { DueWords } from '../to-do/due-words.tsx';
import { useSay } from '../words/say.ts';
import { minutesFor, nextFree, type Stretch } from './place.ts';
import { TimeDialog } from './time-dialog.tsx';
import { sayTime } from './times.ts';

const offeredHours = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
const shownMax = 100;
const morningMinute = 9 * 60;

type WaitingProps = {
  readonly toDos: readonly MyToDo[] | undefined;
  readonly day: Day;
  readonly today: Day;
  readonly blocks: readonly DayBlock[];
  readonly onPlan: (toDo: MyToDo, stretch: Stretch) => void;
  readonly onDrag: (toDo: MyToDo | undefined) => void;
};

export function Waiting({ toDos, day, today, blocks, onPlan, onDrag }: WaitingProps) {
  const say = useSay();
  const minute = useMinuteOfDay();
  const planned = new Set(blocks.map(({ projectKey, number }) => `${projectKey}-${number}`));
  const waiting = toDos?.filter(({ projectKey, number }) => !planned.has(`${projectKey}-${number}`)) ?? [];
  const { room, noteLeaving } = useStayInList(waiting.length);
  return (
    <section ref={room} className="waiting" aria-labelledby="waiting-heading">
      <h2 id="waiting-heading" tabIndex={-1}>
        {say('What waits')} <em>{waiting.length}</em>
      </h2>
      {toDos && waiting.length === 0 && (
        <p className="fact-note">
          {toDos.length === 0
            ? say('Nothing is waiting for you. Write something down on Home, or take a to-do from a board.')
            : say('Everything that waits is planned for this day.')}{' '}
          {toDos.length === 0 && (
            <Link className="link" to={homePath}>
              {say('Go to Home')}
            </Link>
          )}
        </p>
      )}
      <ul className="waiting-list">
        {waiting.slice(0, shownMax).map((toDo, index) => (
          <WaitingRow
            key={`${toDo.projectKey}-${toDo.number}`}
            toDo={toDo}
            free={nextFree(blocks, day === today ? minute : morningMinute, minutesFor(toDo))}
            onPlan={(stretch) => {
              noteLeaving(index);
              onPlan(toDo, stretch);
            }}
            onDrag={onDrag}
          />
        ))}
      </ul>
      {waiting.length > shownMax && (
        <p className="fact-note">{say('Only the first {count} are shown here.', { count: shownMax })}</p>
      )}
    </section>
  );
}

/** What is planned leaves the list, and the button that has the focus with it: the next one has it then, or the heading. */
function useStayInList(length: number) {
  const room = useRef<HTMLElement>(null);
  const left = useRef<number>(undefined);
  useEffect(() => {
    const index = left.current;
    left.current = undefined;
    if (index === undefined || !room.current) return;
    const rows = room.current.querySelectorAll<HTMLElement>('.waiting-row > button');
    (rows[Math.min(index, length - 1)] ?? room.current.querySelector('h2'))?.focus();
  }, [length]);
  const noteLeaving = (index: number): void => {
    left.current = index;
  };
  return { room, noteLeaving };
}

type RowProps = {
  readonly toDo: MyToDo;
  /** The next gap it fits into. */
  readonly free: number | null;
  readonly onPlan: (stretch: Stretch) => void;
  readonly onDrag: (toDo: MyToDo | undefined) => void;
};

function WaitingRow({ toDo, free, onPlan, onDrag }: RowProps) {
  const say = useSay();
  const { pathname } = useLocation();
  const [isTiming, setTiming] = useState(false);
  const minutes = minutesFor(toDo);
  const planAt = (startMinute: number): void => onPlan({ startMinute, minutes });
  const { title } = toDo;
  return (
    <li
      className="waiting-row"
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'copy';
        event.dataTransfer.setData('text/plain', title);
        onDrag(toDo);
      }}
      onDragEnd={() => onDrag(undefined)}
    >
      <span className="waiting-words">
        <ToDoLink projectKey={toDo.projectKey} number={toDo.number} over={pathname} draggable={false}>
          {title}
        </ToDoLink>
        <span className="row-facts">
          <span>{toDo.projectName}</span>
          {toDo.dueOn && <DueWords day={toDo.dueOn} />}
        </span>
      </span>
      <MenuTrigger>
        <Button className="button button-quiet" aria-label={say('Plan “{title}”', { title })}>
          {say('Plan')}
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={say('Plan “{title}”', { title })}>
            {free !== null && (
              <MenuItem className="menu-item" onAction={() => planAt(free)}>
                {say('Next free, {time}', { time: sayTime(free) })}
              </MenuItem>
            )}
            {offeredHours.map((hour) => (
              <MenuItem key={hour} className="menu-item" onAction={() => planAt(hour * 60)}>
                {say('Plan at {time}', { time: sayTime(hour * 60) })}
              </MenuItem>
            ))}
            <MenuItem className="menu-item" onAction={() => setTiming(true)}>
              {say('Another time…')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {isTiming && (
        <TimeDialog
          title={title}
          stretch={{ startMinute: free ?? morningMinute, minutes }}
          onKeep={onPlan}
          onClose={() => setTiming(false)}
        />
      )}
    </li>
  );
}
