/** The subtasks of a to-do: ticked, put in order, opened. */
import { Link } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import type { PartRef, ToDo } from '../../../wire/to-do.ts';
import { useOrderPart, useTickPart } from '../api/to-do-changes.ts';
import { Avatars } from '../kit/avatar.tsx';
import { Tick } from '../kit/tick.tsx';
import { toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { AddParts } from './add-parts.tsx';
import { DueWords } from './due-words.tsx';

export function Parts({ toDo, project, over }: { toDo: ToDo; project: Project; over: string }) {
  const say = useSay();
  const { done, total } = toDo.subtasks;
  if (toDo.parent)
    return (
      <p className="part-of">
        {say('A subtask of')}{' '}
        <Link className="link" to={toDoPath(toDo.projectKey, toDo.parent.number)} state={{ over }} replace>
          {toDo.parent.title}
        </Link>
      </p>
    );
  return (
    <section className="parts" aria-label={say('Subtasks')}>
      <h3 className="side-name">
        {say('Subtasks')} {total > 0 && <span>{say('{done} of {total}', { done, total })}</span>}
      </h3>
      {toDo.parts.length > 0 && (
        <ul>
          {toDo.parts.map((part) => (
            <Part key={part.number} part={part} toDo={toDo} project={project} over={over} />
          ))}
        </ul>
      )}
      {toDo.may.edit && <AddParts toDo={toDo} project={project} />}
    </section>
  );
}

type PartProps = {
  readonly part: PartRef;
  readonly toDo: ToDo;
  readonly project: Project;
  readonly over: string;
};

function Part({ part, toDo, project, over }: PartProps) {
  const say = useSay();
  const tick = useTickPart(toDo);
  const order = useOrderPart(toDo);
  const done = project.statuses.find(({ reportType }) => reportType === 'done');
  const open = project.statuses.find(({ reportType }) => reportType === 'new') ?? project.statuses[0];
  const index = toDo.parts.findIndex(({ number }) => number === part.number);
  const [before, after] = [toDo.parts[index - 1], toDo.parts[index + 1]];
  const target = part.done ? open : done;
  return (
    <li className={part.done ? 'part part-done' : 'part'}>
      <Tick
        checked={part.done}
        disabled={!toDo.may.edit || !target}
        aria-label={say('{title} is done', { title: part.title })}
        onTick={async () => target && tick.mutateAsync({ part, statusId: target.id })}
      />
      <Link className="part-title" to={toDoPath(toDo.projectKey, part.number)} state={{ over }} replace>
        {part.title}
      </Link>
      {part.dueOn && <DueWords day={part.dueOn} done={part.done} />}
      <Avatars people={part.assignees} />
      {toDo.may.edit && (
        <span className="part-order">
          <button
            type="button"
            className="icon-button"
            aria-label={say('Move {title} up', { title: part.title })}
            disabled={!before}
            onClick={() => before && order.mutate({ part, beforeNumber: before.number })}
          >
            ↑
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={say('Move {title} down', { title: part.title })}
            disabled={!after}
            onClick={() => after && order.mutate({ part, afterNumber: after.number })}
          >
            ↓
          </button>
        </span>
      )}
    </li>
  );
}
