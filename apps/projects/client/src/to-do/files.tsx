/** The files of a to-do: added by choosing or dropping, looked at, downloaded, removed. */
import { type DragEvent, type ReactNode, useId, useState } from 'react';
import type { StoredFile } from '../../../wire/file.ts';
import type { ToDo } from '../../../wire/to-do.ts';
import { useSetFileRemoved, useUpload } from '../api/file-changes.ts';
import { useFiles } from '../api/to-do-queries.ts';
import { showDone, showProblem } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';

export function Files({ toDo }: { toDo: ToDo }) {
  const say = useSay();
  const id = useId();
  const { data } = useFiles(toDo.projectKey, toDo.number);
  const upload = useUpload(toDo.projectKey, toDo.number);
  const [waiting, setWaiting] = useState(0);
  if (!data || (data.files.length === 0 && !data.may.add)) return null;
  async function send(list: FileList | null): Promise<void> {
    const chosen = [...(list ?? [])];
    setWaiting((before) => before + chosen.length);
    for (const file of chosen) {
      await upload.mutateAsync(file).catch(() => undefined);
      setWaiting((before) => before - 1);
    }
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    if (data.may.add) void send(event.dataTransfer.files);
  };
  return (
    <section className="files" aria-label={say('Files')} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <h3 className="side-name">{say('Files')}</h3>
      <FilesShown files={data.files} projectKey={toDo.projectKey} />
      {waiting > 0 && (
        <p className="fact-note" role="status">
          {say('{count, plural, one {# file is} other {# files are}} on the way.', { count: waiting })}
        </p>
      )}
      {data.may.add && (
        <label className="button button-quiet file-add" htmlFor={id}>
          {say('Add files')}
          <input
            id={id}
            type="file"
            multiple
            className="visually-hidden"
            onChange={(event) => {
              const { files } = event.currentTarget;
              void send(files).catch(showProblem);
              event.currentTarget.value = '';
            }}
          />
        </label>
      )}
    </section>
  );
}

type FilesShownProps = {
  readonly files: readonly StoredFile[];
  readonly projectKey: string;
  /** Where each file belongs, in the list of a whole project. */
  readonly placeOf?: (file: StoredFile) => ReactNode;
};

export function FilesShown({ files, projectKey, placeOf }: FilesShownProps) {
  return (
    <ul className="file-list">
      {files.map((file) => (
        <OneFile key={file.id} file={file} projectKey={projectKey} place={placeOf?.(file)} />
      ))}
    </ul>
  );
}

type OneFileProps = { readonly file: StoredFile; readonly projectKey: string; readonly place: ReactNode };

function OneFile({ file, projectKey, place }: OneFileProps) {
  const say = useSay();
  const setRemoved = useSetFileRemoved(projectKey);
  const address = `/api/v1/projects/${projectKey}/files/${file.id}/content`;
  const remove = () =>
    setRemoved.mutate(
      { file, removed: true },
      {
        onSuccess: () =>
          showDone(say('{name} removed.', { name: file.name }), {
            name: say('Undo'),
            run: () => setRemoved.mutate({ file, removed: false }),
          }),
      },
    );
  return (
    <li className="file">
      <a className="file-name" href={address} download={file.name}>
        {file.imageType ? (
          <img className="file-picture" src={`${address}?show=1`} alt="" loading="lazy" width="40" height="40" />
        ) : (
          <span className="file-picture" aria-hidden="true">
            {extensionOf(file.name)}
          </span>
        )}
        {file.name}
      </a>
      {place}
      <span className="fact-note">{sayBytes(file.bytes)}</span>
      {file.may.remove && (
        <button
          type="button"
          className="icon-button"
          aria-label={say('Remove {name}', { name: file.name })}
          onClick={remove}
        >
          ✕
        </button>
      )}
    </li>
  );
}

function extensionOf(name: string): string {
  return /\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1]?.toUpperCase() ?? '·';
}

export function sayBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${Math.round(bytes / 100_000) / 10} MB`;
}
