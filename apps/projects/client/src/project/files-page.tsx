/** All files of a project, the latest first: its own, which are added here, and those of its to-dos, each at its to-do. */
import '../styles/rich.css';
import { useRef } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import type { FilesAnswer } from '../../../wire/file.ts';
import { useFiles } from '../api/to-do-queries.ts';
import { AddFiles, FilesOnTheWay } from '../files/add-files.tsx';
import { FilesShown } from '../files/files-shown.tsx';
import { useFileDrop } from '../files/use-file-drop.ts';
import { useFilePaste } from '../files/use-file-paste.ts';
import { useSending } from '../files/use-sending.ts';
import { boardPath } from '../shell/places.ts';
import { ToDoLink } from '../shell/to-do-link.tsx';
import { useSay } from '../words/say.ts';
import { ProjectFrame } from './project-frame.tsx';

export function FilesPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const files = useFiles(key);
  return (
    <ProjectFrame name={say('Files')} reading={files}>
      {(project) => files.data && <ProjectFiles key={project.key} projectKey={project.key} answer={files.data} />}
    </ProjectFrame>
  );
}

function ProjectFiles({ projectKey, answer }: { projectKey: string; answer: FilesAnswer }) {
  const say = useSay();
  const { pathname } = useLocation();
  const { files, limits, may } = answer;
  const section = useRef<HTMLElement>(null);
  const { waiting, send, sendPasted } = useSending(projectKey);
  const isOver = useFileDrop(may.add, (dropped) => void send(dropped, limits));
  useFilePaste(section, may.add, (pasted) => void sendPasted(pasted, limits));
  return (
    <section ref={section} className={isOver ? 'page files files-over' : 'page files'} aria-label={say('Files')}>
      {may.add && (
        <div className="files-adding">
          <AddFiles onChoose={(chosen) => void send(chosen, limits)} />
          <span className="fact-note">
            {isOver
              ? say('Let go to add them to the project.')
              : say('Or drop them anywhere on this page: up to {max} MB each.', {
                  max: Math.floor(limits.fileBytesMax / 1_000_000),
                })}
          </span>
        </div>
      )}
      <FilesOnTheWay count={waiting} />
      {files.length === 0 && <NoFiles projectKey={projectKey} mayAdd={may.add} />}
      <FilesShown
        files={files}
        projectKey={projectKey}
        placeOf={({ toDo }) =>
          toDo && (
            <ToDoLink className="link" projectKey={projectKey} number={toDo.number} over={pathname}>
              {toDo.title}
            </ToDoLink>
          )
        }
      />
    </section>
  );
}

function NoFiles({ projectKey, mayAdd }: { projectKey: string; mayAdd: boolean }) {
  const say = useSay();
  if (!mayAdd)
    return (
      <div className="page-empty">
        <p>{say('There are no files yet.')}</p>
      </div>
    );
  return (
    <div className="page-empty">
      <p>{say('There are no files yet. Add the first one here, or to the to-do that it is about.')}</p>
      <Link className="button button-quiet" to={boardPath(projectKey)}>
        {say('Choose a to-do on the board')}
      </Link>
    </div>
  );
}
