/** A due day as text. Stands apart from the pick, which needs far more. */
import { type Day, sayDay } from '../../../wire/days.ts';

/** A due day in words; what is late says so in words for who does not see the colour. */
export function DueWords({ day, today, done = false }: { day: Day; today: Day; done?: boolean }) {
  const late = !done && day < today;
  return (
    <time dateTime={day} className={late ? 'due due-late' : 'due'}>
      {late && <span className="visually-hidden">Overdue: </span>}
      {sayDay(day, today)}
    </time>
  );
}
