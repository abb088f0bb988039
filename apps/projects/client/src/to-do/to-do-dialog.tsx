/** One to-do, at an address of its own, over the page it was opened from. Every change is saved by itself. */
import '../styles/rich.css';
import { Navigate, useLocation, useNavigate } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { sayProblem } from '../api/client.ts';
import { ApiProblem } from '../api/problem.ts';
import { useProject, useToDo } from '../api/queries.ts';
import { SeekContext, useSeekPeople } from '../api/seek-people.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useNarrow } from '../kit/use-narrow.ts';
import { useReadHere } from '../notifications/use-read-here.ts';
import { backgroundOf, toDoPath, wasOpenedHere } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { useSay } from '../words/say.ts';
import { Blockers } from './blockers.tsx';
import { Comments } from './comments.tsx';
import { Description } from './description.tsx';
import { Files } from './files.tsx';
import { History } from './history.tsx';
import { Neighbours } from './neighbours.tsx';
import { Parts } from './parts.tsx';
import { Title } from './title.tsx';
import { ToDoMenu } from './to-do-menu.tsx';
import { FirstFields, Side } from './to-do-side.tsx';
import { useSave } from './use-save.ts';

export function ToDoDialog({ projectKey, number }: { projectKey: string; number: number }) {
  const say = useSay();
  const toDo = useToDo(projectKey, number);
  const project = useProject(projectKey);
  const navigate = useNavigate();
  const location = useLocation();
  const over = backgroundOf(location);
  // Back where it was opened; reached by its address, it makes room for its board. Either way "back" does not reopen it.
  const close = () => (wasOpenedHere(location) ? void navigate(-1) : void navigate(over, { replace: true }));
  const id = `${projectKey}-${number}`;
  useTitle(toDo.data ? `${id} ${toDo.data.title}` : id);
  const error = toDo.error ?? project.error;
  const isWaiting = toDo.isPaused || project.isPaused;
  // The page below says so already.
  if (project.error instanceof ApiProblem && project.error.status === 404) return null;
  const movedTo = error instanceof ApiProblem ? error.movedTo : undefined;
  if (movedTo) {
    const path = `${toDoPath(movedTo.projectKey, movedTo.number)}${location.hash}`;
    return <Navigate to={path} state={location.state} replace />;
  }
  const tools = toDo.data && (
    <>
      <Neighbours toDo={toDo.data} over={over} />
      <ToDoMenu toDo={toDo.data} over={over} onClose={close} />
    </>
  );
  return (
    <Dialog title={<span className="to-do-id">{id}</span>} size="large" onClose={close} tools={tools}>
      {toDo.data && project.data ? (
        <ToDoBody key={id} toDo={toDo.data} project={project.data} over={over} />
      ) : (
        <p className="dialog-text" role={error ? 'alert' : 'status'}>
          {error
            ? sayProblem(error)
            : isWaiting
              ? say('You are offline. This opens when you are back.')
              : say('Loading…')}
        </p>
      )}
    </Dialog>
  );
}

type BodyProps = { readonly toDo: ToDo; readonly project: Project; readonly over: string };

function ToDoBody({ toDo, project, over }: BodyProps) {
  const save = useSave(toDo);
  useReadHere(toDo.projectKey, toDo.number);
  const isNarrow = useNarrow();
  const seek = useSeekPeople(project.key, project.moreAssignable);
  const first = <FirstFields toDo={toDo} project={project} save={save} />;
  return (
    <SeekContext value={seek}>
      <div className="to-do">
        <div className="to-do-main">
          <Title toDo={toDo} onSave={(title, onVersion) => save({ title }, onVersion)} />
          {isNarrow && <div className="to-do-first">{first}</div>}
          <Description
            toDo={toDo}
            people={project.assignable}
            onSave={(description, onVersion) => save({ description }, onVersion)}
          />
          <Parts toDo={toDo} project={project} over={over} />
          <Blockers toDo={toDo} over={over} onSave={(blockedBy) => save({ blockedBy })} />
          <Files toDo={toDo} />
          <Comments toDo={toDo} people={project.assignable} />
        </div>
        <Side toDo={toDo} project={project} save={save}>
          {!isNarrow && first}
        </Side>
        <History toDo={toDo} />
      </div>
    </SeekContext>
  );
}
