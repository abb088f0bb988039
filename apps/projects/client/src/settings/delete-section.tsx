/** In the settings of a project: the way into the trash. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import { afterwards } from '../api/afterwards.ts';
import { useRestoreProject, useTrashProject } from '../api/project-trash.ts';
import { showDone } from '../kit/toast.tsx';
import { TypedConfirmation } from '../kit/typed-confirmation.tsx';
import { boardPath, homePath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';

export function DeleteSection({ project }: { project: Project }) {
  const say = useSay();
  const [isAsking, setAsking] = useState(false);
  if (!project.may.deleteProject) return null;
  return (
    <section aria-labelledby="delete-heading">
      <h2 id="delete-heading">{say('Delete')}</h2>
      <p className="lead">
        {say('The project goes into the trash with everything in it. A manager of it can bring it back from there.')}
      </p>
      <button type="button" className="button button-danger" onClick={() => setAsking(true)}>
        {say('Delete this project…')}
      </button>
      {isAsking && <DeleteDialog project={project} onClose={() => setAsking(false)} />}
    </section>
  );
}

/** It is told where the mutation is written. */
function DeleteDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  const trash = useTrashProject();
  const restore = useRestoreProject();
  const { key, version, name } = project;
  const bringBack = () => afterwards(restore.mutateAsync(key), () => void navigate(boardPath(key)));

  function confirm(): void {
    trash.mutateAsync({ key, version }).then(() => {
      void navigate(homePath);
      showDone(say('In the trash: {title}', { title: name }), { name: say('Undo'), run: bringBack });
    }, onClose);
  }

  return (
    <TypedConfirmation
      title={say('Delete {name}?', { name })}
      word={key}
      act={say('Move into the trash')}
      isPending={trash.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className="dialog-text">
        {say(
          'It disappears for everybody, with its to-dos, comments, files, milestones, sprints, goals and views: from home, search, notifications and calendars. Links to it lead nowhere, and its webhooks fall silent.',
        )}
      </p>
      <p className="dialog-text">
        {say('It waits in the trash until a manager of it brings it back as it was, or deletes it for good.')}
      </p>
    </TypedConfirmation>
  );
}
