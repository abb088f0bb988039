/** Makes a project of a file that was exported here or elsewhere: choose it, see what is in it, name it, make it. */
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ProjectPreview } from '../../../wire/project-file.ts';
import { newCreationKey } from '../api/client.ts';
import { useMe } from '../api/queries.ts';
import { useImportProject, useProjectPreview } from '../api/transfer.ts';
import { ActButton } from '../kit/act-button.tsx';
import { NameField } from '../kit/name-field.tsx';
import { Problem } from '../kit/problem.tsx';
import { showDone } from '../kit/toast.tsx';
import { KeyField } from '../project/key-field.tsx';
import { boardPath } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { type Say, useSay } from '../words/say.ts';
import { FileChoice } from './file-choice.tsx';
import { NotRead } from './not-read.tsx';
import '../styles/people.css';
import '../styles/transfer.css';

type Chosen = { readonly name: string; readonly file: object | undefined };

export function ImportProjectPage() {
  const say = useSay();
  useTitle(say('Project from a file'));
  const { may } = useMe();
  const [chosen, setChosen] = useState<Chosen>();
  return (
    <main className="page transfer" id="content">
      <h1>{say('Project from a file')}</h1>
      <p className="lead">
        {say('A project that was exported as JSON becomes a new project here. You see first what is in it.')}
      </p>
      {may.createProject ? (
        <div className="transfer-file">
          <FileChoice
            label={chosen ? say('Choose another file') : say('Choose a file')}
            accept=".json,application/json"
            onText={(text, name) => setChosen({ name, file: parse(text) })}
          />
          {chosen && <span className="fact-note">{chosen.name}</span>}
        </div>
      ) : (
        <p className="nobody">{say('You may not make projects in this workspace.')}</p>
      )}
      {chosen && !chosen.file && (
        <p className="form-problem" role="alert">
          {say('This is no JSON file. Choose one that was exported from a project.')}
        </p>
      )}
      {chosen?.file && <Looked key={chosen.name} file={chosen.file} />}
    </main>
  );
}

function Looked({ file }: { file: object }) {
  const say = useSay();
  const { data: preview, error, isFetching, refetch } = useProjectPreview(file);
  if (error) return <NotRead error={error} isReading={isFetching} onAgain={() => void refetch()} />;
  if (!preview) return <p className="fact-note">{say('Reading the file…')}</p>;
  return (
    <>
      <dl className="transfer-facts">
        {factsOf(say, preview).map(([name, count]) => (
          <div key={name}>
            <dd>{count}</dd> <dt>{name}</dt>
          </div>
        ))}
      </dl>
      <WhoIsWho preview={preview} />
      <Make file={file} preview={preview} />
    </>
  );
}

function WhoIsWho({ preview: { known, unknown, keepsAuthors, filesWithoutContent } }: { preview: ProjectPreview }) {
  const say = useSay();
  return (
    <section className="transfer-notes" aria-label={say('What to know before')}>
      <ul>
        {known.length > 0 && <li>{say('Here too: {names}.', { names: known.join(', ') })}</li>}
        {unknown.length > 0 && (
          <li>
            {say('Not here: {names}.', { names: unknown.join(', ') })}{' '}
            {say('Their to-dos are given to nobody; what they wrote comes in by you, with their name before it.')}
          </li>
        )}
        {!keepsAuthors && (
          <li>
            {say('What others wrote comes in by you, with their name before it. An admin can keep it as theirs.')}
          </li>
        )}
        {filesWithoutContent > 0 && (
          <li>
            {say('{count, plural, one {# file is} other {# files are}} only named in it and cannot be taken.', {
              count: filesWithoutContent,
            })}
          </li>
        )}
        <li>{say('It is all taken, or nothing of it. The history of each to-do begins anew.')}</li>
      </ul>
    </section>
  );
}

function Make({ file, preview }: { file: object; preview: ProjectPreview }) {
  const say = useSay();
  const navigate = useNavigate();
  const [creationKey] = useState(newCreationKey);
  const [name, setName] = useState(preview.name);
  const [key, setKey] = useState('');
  const make = useImportProject(creationKey);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const request = { file, name: name.trim(), ...(key === '' ? {} : { key }) };
    make.mutate(request, {
      onSuccess({ key: made }) {
        showDone(say('{name} is there.', { name: name.trim() }));
        void navigate(boardPath(made));
      },
    });
  }
  return (
    <form className="form" onSubmit={submit}>
      <div className="transfer-key">
        <NameField value={name} onChange={setName} />
        <KeyField value={key} onChange={setKey} proposed={preview.key} />
      </div>
      <Problem error={make.error} />
      <div className="transfer-act">
        <ActButton
          type="submit"
          className="button button-primary"
          disabled={name.trim() === ''}
          isPending={make.isPending}
        >
          {say('Make project')}
        </ActButton>
      </div>
    </form>
  );
}

function factsOf(say: Say, { counts }: ProjectPreview): [string, number][] {
  const all: [string, number][] = [
    [say('to-dos'), counts.toDos],
    [say('comments'), counts.comments],
    [say('milestones'), counts.milestones],
    [say('sprints'), counts.sprints],
    [say('goals'), counts.goals],
    [say('files'), counts.files],
  ];
  return all.filter(([, count]) => count > 0);
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
