/** A pick as a field of a form: its name above it, and on the button what is chosen. */
import { type Choice, Pick } from './pick.tsx';

type PickFieldProps<Id extends string> = {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly value: Id;
  readonly onPick: (id: Id) => void;
};

export function PickField<Id extends string>({ label, choices, value, onPick }: PickFieldProps<Id>) {
  return (
    <div className="field">
      <span aria-hidden="true">{label}</span>
      <Pick label={label} choices={choices} value={value} onPick={onPick}>
        {choices.find(({ id }) => id === value)?.name}
      </Pick>
    </div>
  );
}
