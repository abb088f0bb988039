/** A due day as text. Stands apart from the pick, which needs far more. */
import type { Day } from '../../../wire/days.ts';
import { useToday } from '../kit/clock.ts';
import { sayDay } from '../kit/day-words.ts';
import { Icon } from '../kit/icon.tsx';
import { useSay } from '../words/say.ts';

/** A due day in words; what is late has a sign, and says so for who sees neither that nor the colour. */
export function DueWords({ day, done = false }: { day: Day; done?: boolean }) {
  const say = useSay();
  const today = useToday();
  const late = !done && day < today;
  return (
    <time dateTime={day} className={late ? 'due due-late' : 'due'}>
      {late && (
        <>
          <Icon name="late" />
          <span className="visually-hidden">{say('Overdue:')} </span>
        </>
      )}
      {sayDay(day, today)}
    </time>
  );
}
