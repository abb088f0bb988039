/** The trash of a project: what was thrown away, brought back from here, or ended for good by who may. */
import '../styles/rich.css';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { Trashed } from '../../../wire/to-do.ts';
import { usePurge, useRestore } from '../api/to-do-changes.ts';
import { useTrash } from '../api/to-do-queries.ts';
import { Dialog } from '../kit/dialog.tsx';
import { showDone } from '../kit/toast.tsx';
import { sayInstant } from '../to-do/instants.ts';
import { useSay } from '../words/say.ts';
import { ProjectFrame } from './project-frame.tsx';

export function TrashPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const trash = useTrash(key);
  const restore = useRestore(key);
  const [ending, setEnding] = useState<Trashed>();
  return (
    <ProjectFrame name={say('Trash')} reading={trash}>
      {(project) => (
        <section className="page trash" aria-label={say('Trash')}>
          {trash.data?.trashed.length === 0 && (
            <p className="fact-note">
              {say('The trash is empty. What is thrown away waits here until a manager ends it.')}
            </p>
          )}
          <ul className="rows">
            {trash.data?.trashed.map((toDo) => (
              <li key={toDo.number} className="row">
                <span className="row-id">
                  {project.key}-{toDo.number}
                </span>
                <span className="trash-title">{toDo.title}</span>
                <span className="fact-note">
                  {say('{name}, {time}', { name: toDo.deletedBy.name, time: sayInstant(toDo.deletedAt) })}
                </span>
                {trash.data.may.restore && (
                  <button
                    type="button"
                    className="button button-quiet"
                    aria-label={say('Bring back {title}', { title: toDo.title })}
                    onClick={() =>
                      restore.mutate(toDo.number, {
                        onSuccess: () => showDone(say('Back: {title}', { title: toDo.title })),
                      })
                    }
                  >
                    {say('Bring back')}
                  </button>
                )}
                {trash.data.may.purge && (
                  <button
                    type="button"
                    className="button button-danger"
                    aria-label={say('Delete {title} for good', { title: toDo.title })}
                    onClick={() => setEnding(toDo)}
                  >
                    {say('Delete for good…')}
                  </button>
                )}
              </li>
            ))}
          </ul>
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
    <Dialog title={say('Delete for good?')} urgent onClose={onClose}>
      <p className="dialog-text">
        {say('“{title}” with its comments, files and history will be gone. Nobody can bring it back.', {
          title: toDo.title,
        })}
      </p>
      <div className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          {say('Keep it')}
        </button>
        <button
          type="button"
          className="button button-danger-full"
          disabled={purge.isPending}
          onClick={() => purge.mutate(toDo.number, { onSettled: onClose })}
        >
          {say('Delete for good')}
        </button>
      </div>
    </Dialog>
  );
}
