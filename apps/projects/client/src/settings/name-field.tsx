/** A name that is changed where it stands: kept when the field is left or with Enter, put back with Esc or when it is emptied. */
import { useState } from 'react';

type NameFieldProps = {
  readonly label: string;
  readonly name: string;
  readonly lengthMax: number;
  readonly onRename: (name: string) => void;
};

export function NameField({ label, name, lengthMax, onRename }: NameFieldProps) {
  const [text, setText] = useState(name);
  const save = () => {
    const next = text.trim();
    if (next === '' || next === name) setText(name);
    else onRename(next);
  };
  return (
    <input
      className="input column-name"
      aria-label={label}
      value={text}
      maxLength={lengthMax}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setText(name);
      }}
    />
  );
}
