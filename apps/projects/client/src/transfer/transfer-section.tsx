/** In the settings of a project: its to-dos and the whole of it as files, and the way to bring some in. */
import { Link } from 'react-router';
import type { Project } from '../../../wire/project.ts';
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
        <p className="fact-note">
          {say('A JSON file makes the same project again, here or in another workspace: New project, From a file.')}
        </p>
      )}
    </section>
  );
}
