/**
 * One thing, and nothing else on the screen: what it is, its parts to tick, and three ways on. No timer, no other list; what
 * happens elsewhere is heard of later.
 */
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { ToDo, ToDoRef } from '../../../wire/to-do.ts';
import { sayProblem } from '../api/client.ts';
import { useMyWork, useProject, useToDo } from '../api/queries.ts';
import { useTickPart } from '../api/to-do-changes.ts';
import { lettersWork } from '../appearance/apply.ts';
import { RichText } from '../kit/rich-text.tsx';
import { Tick } from '../kit/tick.tsx';
import { undoLast } from '../kit/toast.tsx';
import { focusPath, homePath } from '../shell/places.ts';
import { shortcutsOf } from '../shell/shortcut-table.ts';
import { useShortcuts } from '../shell/shortcuts.ts';
import { useTitle } from '../shell/title.ts';
import { useComplete } from '../to-do/complete.ts';
import { useSay } from '../words/say.ts';
import { nextThing, readFocusState } from './next-thing.ts';
import '../styles/rich.css';
import '../styles/focus.css';

export function FocusPage({ projectKey, number }: { projectKey: string; number: number }) {
  const say = useSay();
  const reading = useToDo(projectKey, number);
  const { leave } = useWays(projectKey, number);
  const toDo = reading.data;
  useTitle(toDo?.title ?? say('One thing'));
  return (
    <main className="focus" id="content" aria-busy={!toDo && !reading.error}>
      {reading.error && (
        <div className="focus-thing">
          <p className="form-problem" role="alert">
            {sayProblem(reading.error)}
          </p>
          <button type="button" className="button button-quiet" onClick={leave}>
            {say('Leave')}
          </button>
        </div>
      )}
      {toDo && <Thing key={`${projectKey}-${number}`} toDo={toDo} />}
    </main>
  );
}

/** Where each way leads: on to the next thing, or out to where one came from. */
function useWays(projectKey: string, number: number) {
  const navigate = useNavigate();
  const { from = homePath, later } = readFocusState(useLocation().state);
  const work = useMyWork().data?.toDos ?? [];
  const leave = (): void => void navigate(from);
  /** Without `isLater` it is done, and there is nothing to come back to. */
  function goOn(isLater: boolean): void {
    const here = `${projectKey}-${number}`;
    const skipped = isLater ? [...later, here] : later;
    const next = nextThing(work, here, skipped);
    if (next)
      void navigate(focusPath(next.projectKey, next.number), { replace: true, state: { from, later: skipped } });
    else leave();
  }
  return { leave, goOn };
}

function Thing({ toDo }: { toDo: ToDo }) {
  const say = useSay();
  const project = useProject(toDo.projectKey).data;
  const complete = useComplete();
  const { leave, goOn } = useWays(toDo.projectKey, toDo.number);
  const heading = useRef<HTMLHeadingElement>(null);
  const doneStatus = project?.statuses.find(({ reportType }) => reportType === 'done');
  const isDone = toDo.completedAt !== null;
  const letters = lettersWork();
  // Until the project is there it is not known how, but nothing moves under the finger when it comes.
  const mayFinish = toDo.may.edit && !isDone && (project === undefined || doneStatus !== undefined);

  function finish(): void {
    if (!mayFinish || !doneStatus) return;
    complete(toDo, doneStatus.id);
    goOn(false);
  }

  useShortcuts(shortcutsOf('focus', { done: finish, later: () => goOn(true), leave, undo: undoLast }));
  // A screen reader begins with the thing itself, also when one leads on to the next.
  useEffect(() => heading.current?.focus(), []);

  return (
    <div className="focus-thing">
      <p className="focus-place">{project?.name}</p>
      <h1 ref={heading} tabIndex={-1}>
        {toDo.title}
      </h1>
      {isDone && <p className="fact-note">{say('This is done.')}</p>}
      {toDo.description.content.length > 0 && <RichText doc={toDo.description} />}
      {toDo.parts.length > 0 && (
        <PartTicks toDo={toDo} doneStatusId={doneStatus?.id} openStatusId={project?.statuses[0]?.id} />
      )}
      <div className="focus-ways">
        {mayFinish && (
          <button
            type="button"
            className="button button-primary"
            aria-keyshortcuts={letters ? 'd' : undefined}
            disabled={!doneStatus}
            onClick={finish}
          >
            {say('Done')} {letters && <kbd>d</kbd>}
          </button>
        )}
        <button
          type="button"
          className="button button-quiet"
          aria-keyshortcuts={letters ? 'l' : undefined}
          onClick={() => goOn(true)}
        >
          {say('Later')} {letters && <kbd>l</kbd>}
        </button>
        <button type="button" className="button" aria-keyshortcuts="Escape" onClick={leave}>
          {say('Leave')} <kbd>{say('Esc')}</kbd>
        </button>
      </div>
    </div>
  );
}

type TicksProps = {
  readonly toDo: ToDo;
  readonly doneStatusId: string | undefined;
  readonly openStatusId: string | undefined;
};

function PartTicks({ toDo, doneStatusId, openStatusId }: TicksProps) {
  const say = useSay();
  const tick = useTickPart(toDo);
  const turn = async (part: ToDoRef): Promise<void> => {
    const statusId = part.done ? openStatusId : doneStatusId;
    if (statusId !== undefined) await tick.mutateAsync({ part, statusId });
  };
  return (
    <ul className="focus-parts" aria-label={say('Subtasks')}>
      {toDo.parts.map((part) => (
        <li key={part.number}>
          <label className={part.done ? 'focus-part focus-part-done' : 'focus-part'}>
            <Tick checked={part.done} disabled={!toDo.may.edit} onTick={() => turn(part)} />
            {part.title}
          </label>
        </li>
      ))}
    </ul>
  );
}
