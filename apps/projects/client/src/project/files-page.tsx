/** All files of a project, the latest first, each at its to-do. */
import '../styles/rich.css';
import { Link, useLocation, useParams } from 'react-router';
import { useFiles } from '../api/to-do-queries.ts';
import { toDoPath } from '../shell/places.ts';
import { FilesShown } from '../to-do/files.tsx';
import { useSay } from '../words/say.ts';
import { ProjectFrame } from './project-frame.tsx';

export function FilesPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const { pathname } = useLocation();
  const files = useFiles(key);
  return (
    <ProjectFrame name={say('Files')} reading={files}>
      {(project) => (
        <section className="page files" aria-label={say('Files')}>
          {files.data?.files.length === 0 && (
            <p className="fact-note">{say('There are no files yet. Open a to-do and add the first one there.')}</p>
          )}
          <FilesShown
            files={files.data?.files ?? []}
            projectKey={project.key}
            placeOf={({ toDo }) => (
              <Link className="link" to={toDoPath(project.key, toDo.number)} state={{ over: pathname }}>
                {toDo.title}
              </Link>
            )}
          />
        </section>
      )}
    </ProjectFrame>
  );
}
