/** Home before there is any project: one press makes a place to begin, another way gives it a name of one's own. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCreateProject } from '../api/changes.ts';
import { newCreationKey, sayProblem } from '../api/client.ts';
import { useMe } from '../api/queries.ts';
import { boardPath } from '../shell/places.ts';
import { useWorkbench } from '../shell/workbench.tsx';

export function FirstProject() {
  const { person, may, site } = useMe();
  const create = useCreateProject();
  const navigate = useNavigate();
  const { open } = useWorkbench();
  const [creationKey] = useState(newCreationKey);
  const firstName = person.name.split(/\s+/)[0] ?? person.name;
  const name = `${firstName}’s to-dos`.slice(0, 100);
  const start = () =>
    create.mutate({ creationKey, name }, { onSuccess: ({ project }) => void navigate(boardPath(project.key)) });
  return (
    <main className="page empty" id="content">
      <h1>Welcome, {firstName}</h1>
      {may.createProject ? (
        <>
          <p>
            To-dos live in projects, and you are in none yet. Begin with one of your own: until you let others in, only
            you and the managers of this workspace see it. When somebody adds you to theirs, it appears here too.
          </p>
          <div className="empty-actions">
            <button type="button" className="button button-primary" onClick={start} disabled={create.isPending}>
              Start “{name}”
            </button>
            <button type="button" className="button button-quiet" onClick={() => open('project')}>
              Name a project
            </button>
          </div>
          {create.isError && (
            <p className="form-problem" role="alert">
              {sayProblem(create.error)}
            </p>
          )}
        </>
      ) : (
        <p>
          You are signed in to {site.name}, and nobody has added you to a project yet. Ask a manager to add{' '}
          {person.email}; the project then appears here.
        </p>
      )}
    </main>
  );
}
