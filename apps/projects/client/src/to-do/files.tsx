/** The files of a to-do, and the place where more are chosen or dropped; what is pasted anywhere in its dialog is added too. */
import { type DragEvent, useRef } from 'react';
import type { ToDo } from '../../../wire/to-do.ts';
import { useFiles } from '../api/to-do-queries.ts';
import { AddFiles, FilesOnTheWay } from '../files/add-files.tsx';
import { FilesShown } from '../files/files-shown.tsx';
import { useFilePaste } from '../files/use-file-paste.ts';
import { useSending } from '../files/use-sending.ts';
import { useSay } from '../words/say.ts';

export function Files({ toDo }: { toDo: ToDo }) {
  const say = useSay();
  const { data } = useFiles(toDo.projectKey, toDo.number);
  const section = useRef<HTMLElement>(null);
  const { waiting, send, sendPasted } = useSending(toDo.projectKey, toDo.number);
  useFilePaste(section, data?.may.add ?? false, (pasted) => data && void sendPasted(pasted, data.limits));
  if (!data || (data.files.length === 0 && !data.may.add)) return null;
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    if (data.may.add) void send(event.dataTransfer.files, data.limits);
  };
  return (
    <section
      ref={section}
      className="files"
      aria-label={say('Files')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <h3 className="side-name">{say('Files')}</h3>
      <FilesShown files={data.files} projectKey={toDo.projectKey} />
      <FilesOnTheWay count={waiting} />
      {data.may.add && <AddFiles onChoose={(files) => void send(files, data.limits)} />}
    </section>
  );
}
