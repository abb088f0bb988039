/** Home before there is any project: one press makes a place to begin, another way gives it a name of one's own. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { beginningOf } from '../../../wire/beginning.ts';
import { afterwards } from '../api/afterwards.ts';
import { useCreateProject } from '../api/changes.ts';
import { newCreationKey } from '../api/client.ts';
import { useMe } from '../api/queries.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Problem } from '../kit/problem.tsx';
import { boardPath } from '../shell/places.ts';
import { useWorkbench } from '../shell/workbench.tsx';
import { useSay } from '../words/say.ts';

export function FirstProject() {
  const say = useSay();
  const { person, may, site } = useMe();
  const create = useCreateProject();
  const navigate = useNavigate();
  const { open } = useWorkbench();
  const [creationKey] = useState(newCreationKey);
  const firstName = person.name.split(/\s+/)[0] ?? person.name;
  const name = beginningOf(say('{name}’s to-dos', { name: firstName }), 100);
  const start = () =>
    afterwards(create.mutateAsync({ creationKey, name }), ({ project }) => void navigate(boardPath(project.key)));
  return (
    <main className="page empty" id="content">
      <h1>{say('Welcome, {name}', { name: firstName })}</h1>
      {may.createProject ? (
        <>
          <p>
            {say(
              'To-dos live in projects, and you are in none yet. Begin with one of your own: until you let others in, only you and the managers of this workspace see it. When somebody adds you to theirs, it appears here too.',
            )}
          </p>
          <div className="empty-actions">
            <ActButton type="button" className="button button-primary" onClick={start} isPending={create.isPending}>
              {say('Start “{name}”', { name })}
            </ActButton>
            <button type="button" className="button button-quiet" onClick={() => open('project')}>
              {say('Name a project')}
            </button>
          </div>
          <Problem error={create.error} />
        </>
      ) : (
        <p>
          {say(
            'You are signed in to {site}, and nobody has added you to a project yet. Ask a manager to add {email}; the project then appears here.',
            { site: site.name, email: person.email },
          )}
        </p>
      )}
    </main>
  );
}
