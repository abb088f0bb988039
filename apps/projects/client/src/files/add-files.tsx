/** The button by which files are chosen, several at once, and the word of those on the way. */
import { useId } from 'react';
import { useSay } from '../words/say.ts';

export function AddFiles({ onChoose }: { onChoose: (files: FileList) => void }) {
  const say = useSay();
  const id = useId();
  return (
    <label className="button button-quiet file-add" htmlFor={id}>
      {say('Add files')}
      <input
        id={id}
        type="file"
        multiple
        className="visually-hidden"
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files) onChoose(files);
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}

export function FilesOnTheWay({ count }: { count: number }) {
  const say = useSay();
  if (count === 0) return null;
  return (
    <p className="fact-note" role="status">
      {say('{count, plural, one {# file is} other {# files are}} on the way.', { count })}
    </p>
  );
}
