/** The key of a project that is to be made: without one the server finds one. */
import { useSay } from '../words/say.ts';

type KeyProps = {
  readonly value: string;
  readonly onChange: (key: string) => void;
  /** The one that it gets when none is chosen. */
  readonly proposed: string;
  readonly note?: string;
};

export function KeyField({ value, onChange, proposed, note }: KeyProps) {
  const say = useSay();
  return (
    <label className="field">
      {say('Key')} {note && <span className="field-note">{note}</span>}
      <input
        className="input input-key"
        value={value}
        onChange={(event) => onChange(event.target.value.toUpperCase())}
        placeholder={proposed}
        pattern="[A-Z][A-Z0-9]{1,9}"
        title={say('2 to 10 letters or digits, a letter first')}
        maxLength={10}
        autoComplete="off"
      />
    </label>
  );
}
