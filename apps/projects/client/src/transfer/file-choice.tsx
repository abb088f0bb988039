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

/** UTF-8 or UTF-16 where it is, as its first bytes say, and otherwise what older spreadsheets of the West write. */
async function readText(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
