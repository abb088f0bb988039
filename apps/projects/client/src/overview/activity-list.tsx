/** What happened in a project, in sentences, the latest first. */
import { Link } from 'react-router';
import type { Activity } from '../../../wire/overview.ts';
import { useToday } from '../kit/clock.ts';
import { sayInstant } from '../kit/day-words.ts';
import { overviewPath, toDoPath } from '../shell/places.ts';
import { type Say, useSay } from '../words/say.ts';

export function ActivityList({ projectKey, activity }: { projectKey: string; activity: readonly Activity[] }) {
  const say = useSay();
  const today = useToday();
  if (activity.length === 0) return <p className="fact-note">{say('Nothing yet.')}</p>;
  return (
    <ol className="activity">
      {activity.map((entry) => {
        const words = sayActivity(say, entry);
        return (
          <li key={entry.id}>
            <span>
              {entry.number === null ? (
                words
              ) : (
                <Link to={toDoPath(projectKey, entry.number)} state={{ over: overviewPath(projectKey) }}>
                  {words}
                </Link>
              )}
            </span>
            <time className="fact-note" dateTime={entry.at}>
              {sayInstant(entry.at, today)}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

function sayActivity(say: Say, { kind, by, number, title, toStatus }: Activity): string {
  const values = { who: by?.name ?? say('Somebody'), title: title ?? '', status: toStatus ?? '' };
  switch (kind) {
    case 'toDo.created':
      return say('{who} made the to-do “{title}”', values);
    case 'toDo.moved':
      return toStatus ? say('{who} moved “{title}” to {status}', values) : say('{who} moved “{title}”', values);
    case 'toDo.changed':
      return toStatus ? say('{who} moved “{title}” to {status}', values) : say('{who} changed “{title}”', values);
    case 'toDo.trashed':
    case 'toDo.purged':
      return say('{who} deleted “{title}”', values);
    case 'toDo.restored':
      return say('{who} brought “{title}” back', values);
    case 'comment.added':
      return say('{who} commented on “{title}”', values);
    case 'file.added':
      return number === null
        ? say('{who} added a file to the project', values)
        : say('{who} added a file to “{title}”', values);
    case 'milestone.created':
      return say('{who} made the milestone “{title}”', values);
    case 'milestone.changed':
      return say('{who} changed the milestone “{title}”', values);
    case 'milestone.removed':
      return say('{who} deleted the milestone “{title}”', values);
    case 'sprint.created':
      return say('{who} made the sprint “{title}”', values);
    case 'sprint.changed':
      return say('{who} changed the sprint “{title}”', values);
    case 'sprint.removed':
      return say('{who} deleted the sprint “{title}”', values);
    case 'goal.created':
      return say('{who} set the goal “{title}”', values);
    case 'goal.changed':
      return say('{who} changed the goal “{title}”', values);
    case 'goal.removed':
      return say('{who} deleted the goal “{title}”', values);
    case 'statusUpdate.added':
      return say('{who} said how the project is going', values);
    case 'view.saved':
      return say('{who} shared the view “{title}”', values);
    case 'member.set':
    case 'member.removed':
      return say('{who} changed who is in the project', values);
    case 'project.created':
      return say('{who} made the project', values);
    case 'project.imported':
      return say('{who} imported to-dos', values);
    default:
      return title ? say('{who} changed something about “{title}”', values) : say('{who} changed something', values);
  }
}
