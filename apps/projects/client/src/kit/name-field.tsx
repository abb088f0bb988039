/** The name of something, which it cannot be without. */
import { useSay } from '../words/say.ts';
import { focusOnce } from './focus.ts';

type NameProps = {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** Takes the cursor when it appears. */
  readonly isFirst?: boolean;
};

export function NameField({ value, onChange, isFirst = false }: NameProps) {
  const say = useSay();
  return (
    <label className="field">
      {say('Name')}
      <input
        ref={isFirst ? focusOnce : undefined}
        className="input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        maxLength={100}
        required
        autoComplete="off"
      />
    </label>
  );
}
