/** What happened in a project, the latest first: a line for what belongs together. */
import { Fragment } from 'react';
import type { Activity } from '../../../wire/overview.ts';
import { useToday } from '../kit/clock.ts';
import { sayInstant } from '../kit/day-words.ts';
import { overviewPath } from '../shell/places.ts';
import { ToDoLink } from '../shell/to-do-link.tsx';
import { useSay } from '../words/say.ts';
import { sayActivity } from './activity-words.ts';

/** Of one line. */
const namedMax = 5;

export function ActivityList({ projectKey, activity }: { projectKey: string; activity: readonly Activity[] }) {
  const say = useSay();
  const today = useToday();
  if (activity.length === 0) return <p className="fact-note">{say('Nothing yet.')}</p>;
  return (
    <ol className="activity">
      {activity.map((entry) => (
        <li key={entry.id}>
          <span>
            <Line projectKey={projectKey} entry={entry} />
          </span>
          <time className="fact-note" dateTime={entry.at}>
            {sayInstant(entry.at, today)}
          </time>
        </li>
      ))}
    </ol>
  );
}

function Line({ projectKey, entry }: { projectKey: string; entry: Activity }) {
  const say = useSay();
  const { acts, toDos } = entry;
  const words = sayActivity(say, entry);
  const [toDo] = toDos;
  const isGone = acts.at(-1)?.kind === 'toDo.trashed' || acts.at(-1)?.kind === 'toDo.purged';
  const link = { projectKey, over: overviewPath(projectKey) };
  if (!toDo || (toDos.length === 1 && isGone)) return words;
  if (toDos.length === 1)
    return (
      <ToDoLink {...link} number={toDo.number}>
        {words}
      </ToDoLink>
    );
  return (
    <>
      {words}:{' '}
      {toDos.slice(0, namedMax).map(({ number, title }, index) => (
        <Fragment key={number}>
          {index > 0 && ', '}
          {isGone ? (
            title
          ) : (
            <ToDoLink {...link} number={number}>
              {title}
            </ToDoLink>
          )}
        </Fragment>
      ))}
      {toDos.length > namedMax && `, ${say('and {count} more', { count: toDos.length - namedMax })}`}
    </>
  );
}
