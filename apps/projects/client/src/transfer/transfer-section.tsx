/** In the settings of a project: its to-dos and the whole of it as files, and the way to bring some in. */
import { Link } from 'react-router';
import { takenBytesMax } from '../../../wire/file.ts';
import type { Project } from '../../../wire/project.ts';
import { useFiles } from '../api/to-do-queries.ts';
import { sayBytes } from '../files/say-bytes.ts';
import { importPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import '../styles/transfer.css';

export function TransferSection({ project: { key, may } }: { project: Project }) {
  const say = useSay();
  if (!may.exportIt && !may.importInto) return null;
  return (
    <section aria-labelledby="transfer-heading">
      <h2 id="transfer-heading">{say('Import and export')}</h2>
      <p className="lead">
        {say('What is in this project is yours: take it out as files, and bring to-dos in from a table.')}
      </p>
      <div className="transfer-ways">
        {may.exportIt && (
          <>
            <a className="button button-quiet" href={`/api/v1/projects/${key}/to-dos.csv`} download>
              {say('To-dos as CSV')}
            </a>
            <a className="button button-quiet" href={`/api/v1/projects/${key}/project.json`} download>
              {say('Everything as JSON')}
            </a>
            <a className="button button-quiet" href={`/api/v1/projects/${key}/project.json?files=1`} download>
              {say('Everything and its files')}
            </a>
          </>
        )}
        {may.importInto && (
          <Link className="button button-quiet" to={importPath(key)}>
            {say('Import to-dos')}
          </Link>
        )}
      </div>
      {may.exportIt && (
        <div className="fact-note transfer-note">
          <p>
            {say('A JSON file makes the same project again, here or in another workspace: New project, From a file.')}
          </p>
          <FilesWeigh projectKey={key} />
        </div>
      )}
    </section>
  );
}

/** What the longest of the files will weigh, before it is asked for, and whether it comes in again. */
function FilesWeigh({ projectKey }: { projectKey: string }) {
  const say = useSay();
  const { data } = useFiles(projectKey);
  if (!data || data.bytes === 0) return null;
  return (
    <p>
      {say('The files of this project take {size}.', { size: sayBytes(data.bytes) })}{' '}
      {data.bytes > takenBytesMax &&
        say(
          'With more than {max} of them the file is for keeping: it may be too large to make a project again. “Everything as JSON” can always do that; the files are added afterwards.',
          { max: sayBytes(takenBytesMax) },
        )}
    </p>
  );
}
