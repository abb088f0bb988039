/** The trash of projects: what one may bring back, or end for good. */
import { useToday } from '../kit/clock.ts';
import { sayInstant } from '../kit/day-words.ts';
import { Problem } from '../kit/problem.tsx';
import '../styles/people.css';
import '../styles/rich.css';
import { useState } from 'react';
import { Link } from 'react-router';
import type { TrashedProject } from '../../../wire/project.ts';
import { afterwards } from '../api/afterwards.ts';
import { useProjectTrash, usePurgeProject, useRestoreProject } from '../api/project-trash.ts';
import { StayInList } from '../kit/stay-in-list.tsx';
import { showDone } from '../kit/toast.tsx';
import { TypedConfirmation } from '../kit/typed-confirmation.tsx';
import { homePath } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { useSay } from '../words/say.ts';

export function ProjectTrashPage() {
  const say = useSay();
  useTitle(say('Projects in the trash'));
  const { data: trashed, error } = useProjectTrash();
  const [ending, setEnding] = useState<TrashedProject>();
  return (
    <main className="page" id="content" aria-busy={trashed === undefined}>
      <h1>{say('Projects in the trash')}</h1>
      <p className="lead">{say('Nobody sees them until somebody who manages them brings them back.')}</p>
      <Problem error={error} />
      <StayInList>
        {trashed?.length === 0 && (
          <div className="page-empty">
            <p>{say('Nothing is in the trash that you could bring back.')}</p>
            <Link className="button button-quiet" to={homePath}>
              {say('Go to Home')}
            </Link>
          </div>
        )}
        <ul className="rows">
          {trashed?.map((project) => (
            <TrashedRow key={project.key} project={project} onEnd={() => setEnding(project)} />
          ))}
        </ul>
      </StayInList>
      {ending && <EndDialog project={ending} onClose={() => setEnding(undefined)} />}
    </main>
  );
}

function TrashedRow({ project, onEnd }: { project: TrashedProject; onEnd: () => void }) {
  const say = useSay();
  const today = useToday();
  const restore = useRestoreProject();
  const { key, name, toDos, deletedBy, deletedAt } = project;
  const bringBack = () => afterwards(restore.mutateAsync(key), () => showDone(say('Back: {title}', { title: name })));
  return (
    <li className="row">
      <span className="row-id">{key}</span>
      <span className="trash-title">{name}</span>
      <span className="fact-note">
        {say('{count, plural, =0 {No to-dos} one {# to-do} other {# to-dos}}', { count: toDos })} ·{' '}
        {say('{name}, {time}', { name: deletedBy.name, time: sayInstant(deletedAt, today) })}
      </span>
      <button
        type="button"
        className="button button-quiet"
        aria-label={say('Bring back {title}', { title: name })}
        onClick={bringBack}
      >
        {say('Bring back')}
      </button>
      <button
        type="button"
        className="button button-danger"
        aria-label={say('Delete for good: {title}', { title: name })}
        onClick={onEnd}
      >
        {say('Delete for good…')}
      </button>
    </li>
  );
}

function EndDialog({ project, onClose }: { project: TrashedProject; onClose: () => void }) {
  const say = useSay();
  const purge = usePurgeProject();
  const { key, name, toDos, files } = project;
  return (
    <TypedConfirmation
      title={say('Delete for good?')}
      word={key}
      act={say('Delete for good')}
      isPending={purge.isPending}
      onConfirm={() => void purge.mutateAsync(key).then(onClose, onClose)}
      onClose={onClose}
    >
      <p className="dialog-text">
        {say(
          '“{name}” will be gone with {toDos, plural, =0 {no to-do} one {# to-do} other {# to-dos}} and {files, plural, =0 {no file} one {# file} other {# files}}, every comment, milestone, sprint, goal, view, webhook and all history. Nobody can bring it back.',
          { name, toDos, files },
        )}
      </p>
    </TypedConfirmation>
  );
}
