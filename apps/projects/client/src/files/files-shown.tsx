/** A list of files: looked at, downloaded, removed. */
import type { ReactNode } from 'react';
import type { StoredFile } from '../../../wire/file.ts';
import { afterwards } from '../api/afterwards.ts';
import { useSetFileRemoved } from '../api/file-changes.ts';
import { showDone } from '../kit/toast.tsx';
import { useSay } from '../words/say.ts';
import { sayBytes } from './say-bytes.ts';

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
    afterwards(setRemoved.mutateAsync({ file, removed: true }), () =>
      showDone(say('{name} removed.', { name: file.name }), {
        name: say('Undo'),
        run: () => setRemoved.mutate({ file, removed: false }),
      }),
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
