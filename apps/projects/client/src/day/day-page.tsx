/** One's day: on the left what waits, on the right the hours. What is dragged over, or planned by its menu, stands at its hour. */
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { addDays, type Day, isDay } from '../../../wire/days.ts';
import type { MyToDo } from '../../../wire/my-work.ts';
import { useMyWork } from '../api/queries.ts';
import { useToday } from '../kit/clock.ts';
import { sayWholeDay } from '../kit/day-words.ts';
import { Icon } from '../kit/icon.tsx';
import { Problem } from '../kit/problem.tsx';
import { MissingPage } from '../shell/missing-page.tsx';
import { dayPath } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { useSay } from '../words/say.ts';
import { DayColumn } from './day-column.tsx';
import { minutesFor } from './place.ts';
import { sayLength } from './times.ts';
import { useDayActs, useDayPlan } from './use-day.ts';
import { Waiting } from './waiting.tsx';
import '../styles/day.css';

export function DayPage() {
  const today = useToday();
  const { day = today } = useParams();
  return isDay(day) ? <DayView day={day} today={today} /> : <MissingPage />;
}

function DayView({ day, today }: { day: Day; today: Day }) {
  const say = useSay();
  const plan = useDayPlan(day);
  const work = useMyWork();
  const acts = useDayActs(day);
  const [dragged, setDragged] = useState<MyToDo>();
  const blocks = plan.data ?? [];
  const planned = blocks.reduce((sum, { minutes }) => sum + minutes, 0);
  useTitle(say('Day'));
  const error = plan.error ?? work.error;
  return (
    <main className="page day" id="content" aria-busy={plan.data === undefined}>
      <DayHead day={day} today={today} planned={planned} />
      <Problem error={error} />
      <div key={day} className="day-parts">
        <DayColumn
          day={day}
          today={today}
          blocks={blocks}
          acts={acts}
          dragged={dragged && minutesFor(dragged)}
          onDrop={(startMinute) => dragged && acts.plan(dragged, { startMinute, minutes: minutesFor(dragged) })}
        />
        <Waiting
          toDos={work.data?.toDos}
          day={day}
          today={today}
          blocks={blocks}
          onPlan={acts.plan}
          onDrag={setDragged}
        />
      </div>
    </main>
  );
}

function DayHead({ day, today, planned }: { day: Day; today: Day; planned: number }) {
  const say = useSay();
  const navigate = useNavigate();
  const goTo = (other: Day): void => void navigate(dayPath(other === today ? undefined : other));
  return (
    <div className="day-head">
      <div>
        <h1>{sayWholeDay(day)}</h1>
        <p className="day-sum" role="status">
          {planned === 0
            ? say('Nothing is planned yet.')
            : say('{length} planned', { length: sayLength(say, planned) })}
        </p>
      </div>
      <nav className="day-nav" aria-label={say('Days')}>
        <button
          type="button"
          className="icon-button"
          aria-label={say('Previous day')}
          onClick={() => goTo(addDays(day, -1))}
        >
          <span className="day-back">
            <Icon name="chevron" />
          </span>
        </button>
        <Link className="button button-quiet" to={dayPath()} aria-current={day === today ? 'page' : undefined}>
          {say('Today')}
        </Link>
        <button
          type="button"
          className="icon-button"
          aria-label={say('Next day')}
          onClick={() => goTo(addDays(day, 1))}
        >
          <span className="day-on">
            <Icon name="chevron" />
          </span>
        </button>
      </nav>
    </div>
  );
}
