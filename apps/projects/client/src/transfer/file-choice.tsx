/** Chooses one text file and reads it, in the browser alone: nothing is sent. */
import { useId } from 'react';
import { showProblem } from '../kit/toast.tsx';

type FileChoiceProps = {
  readonly label: string;
  /** Types and endings, as browsers take them. */
  readonly accept: string;
  readonly onText: (text: string, name: string) => void;
};

export function FileChoice({ label, accept, onText }: FileChoiceProps) {
  const id = useId();
  return (
    <label className="button button-quiet file-add" htmlFor={id}>
      {label}
      <input
        id={id}
        type="file"
        accept={accept}
        className="visually-hidden"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) readText(file).then((text) => onText(text, file.name), showProblem);
        }}
      />
    </label>
  );
}

/** UTF-8 where it is, and otherwise what older spreadsheets of the West write. */
async function readText(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
