/** The subtasks of a to-do: ticked, put in order, opened; one line makes one, many pasted lines make many. */
import { type ClipboardEvent, useState } from 'react';
import { Link } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import type { ToDo, ToDoRef } from '../../../wire/to-do.ts';
import { useAddParts, useOrderPart, useTickPart } from '../api/to-do-changes.ts';
import { toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';

const linesMax = 100;

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
      {toDo.may.edit && <AddParts toDo={toDo} />}
    </section>
  );
}

type PartProps = {
  readonly part: ToDoRef;
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
      <input
        type="checkbox"
        checked={part.done}
        disabled={!toDo.may.edit || !target}
        aria-label={say('{title} is done', { title: part.title })}
        onChange={() => target && tick.mutate({ part, statusId: target.id })}
      />
      <Link className="part-title" to={toDoPath(toDo.projectKey, part.number)} state={{ over }} replace>
        {part.title}
      </Link>
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

function AddParts({ toDo }: { toDo: ToDo }) {
  const say = useSay();
  const add = useAddParts(toDo);
  const [text, setText] = useState('');
  function send(titles: readonly string[]): void {
    const lines = titles.map(cleanLine).filter((line) => line !== '');
    if (lines.length === 0) return;
    setText('');
    add.mutate({ titles: lines.slice(0, linesMax) }, { onError: () => setText(lines[0] ?? '') });
  }
  function paste(event: ClipboardEvent): void {
    const lines = event.clipboardData.getData('text/plain').split(/\r?\n/);
    if (lines.filter((line) => line.trim() !== '').length < 2) return;
    event.preventDefault();
    send(lines);
  }
  return (
    <input
      className="input"
      value={text}
      aria-label={say('New subtask')}
      placeholder={say('Add a subtask, or paste a list')}
      maxLength={250}
      onChange={(event) => setText(event.target.value)}
      onPaste={paste}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        send([text]);
      }}
    />
  );
}

/** Lists come with their signs: dashes, bullets, numbers, boxes. */
function cleanLine(line: string): string {
  return line
    .replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, '')
    .replace(/^\[[ xX]?\]\s+/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 250);
}
