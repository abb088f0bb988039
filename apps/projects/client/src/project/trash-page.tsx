/** The trash of a project: what was thrown away, brought back from here, or ended for good by who may. */
import { useToday } from '../kit/clock.ts';
import { sayInstant } from '../kit/day-words.ts';
import '../styles/rich.css';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Trashed } from '../../../wire/trash.ts';
import { afterwards } from '../api/afterwards.ts';
import { usePurge, useRestore } from '../api/to-do-changes.ts';
import { useTrash } from '../api/to-do-queries.ts';
import { Confirmation } from '../kit/confirmation.tsx';
import { StayInList } from '../kit/stay-in-list.tsx';
import { showDone } from '../kit/toast.tsx';
import { boardPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { ProjectFrame } from './project-frame.tsx';

export function TrashPage() {
  const say = useSay();
  const today = useToday();
  const { key = '' } = useParams();
  const trash = useTrash(key);
  const restore = useRestore(key);
  const [ending, setEnding] = useState<Trashed>();
  return (
    <ProjectFrame name={say('Trash')} reading={trash}>
      {(project) => (
        <section className="page trash" aria-label={say('Trash')}>
          <StayInList>
            {trash.data?.trashed.length === 0 && (
              <div className="page-empty">
                <p>{say('The trash is empty. What is thrown away waits here until a manager ends it.')}</p>
                <Link className="button button-quiet" to={boardPath(project.key)}>
                  {say('Go to the board')}
                </Link>
              </div>
            )}
            <ul className="rows">
              {trash.data?.trashed.map((toDo) => (
                <li key={toDo.number} className="row">
                  <span className="row-id">
                    {project.key}-{toDo.number}
                  </span>
                  <span className="trash-title">{toDo.title}</span>
                  <span className="fact-note">
                    {say('{name}, {time}', { name: toDo.deletedBy.name, time: sayInstant(toDo.deletedAt, today) })}
                  </span>
                  {trash.data.may.restore && (
                    <button
                      type="button"
                      className="button button-quiet"
                      aria-label={say('Bring back {title}', { title: toDo.title })}
                      onClick={() =>
                        afterwards(restore.mutateAsync(toDo.number), () =>
                          showDone(say('Back: {title}', { title: toDo.title })),
                        )
                      }
                    >
                      {say('Bring back')}
                    </button>
                  )}
                  {trash.data.may.purge && (
                    <button
                      type="button"
                      className="button button-danger"
                      aria-label={say('Delete for good: {title}', { title: toDo.title })}
                      onClick={() => setEnding(toDo)}
                    >
                      {say('Delete for good…')}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          </StayInList>
          {ending && <EndDialog projectKey={project.key} toDo={ending} onClose={() => setEnding(undefined)} />}
        </section>
      )}
    </ProjectFrame>
  );
}

type EndProps = { readonly projectKey: string; readonly toDo: Trashed; readonly onClose: () => void };

function EndDialog({ projectKey, toDo, onClose }: EndProps) {
  const say = useSay();
  const purge = usePurge(projectKey);
  return (
    <Confirmation
      title={say('Delete for good?')}
      act={say('Delete for good')}
      isPending={purge.isPending}
      onAct={() => void purge.mutateAsync(toDo.number).then(onClose, onClose)}
      onClose={onClose}
    >
      {say('“{title}” with its comments, files and history will be gone. Nobody can bring it back.', {
        title: toDo.title,
      })}
    </Confirmation>
  );
}
