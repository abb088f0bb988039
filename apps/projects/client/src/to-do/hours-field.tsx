/** A number of hours, saved when one leaves it and written as the language of the page writes it. What is no such number stays as it was typed, and the field says so. */
import { useId, useState } from 'react';
import { parseHours } from '../../../wire/numbers.ts';
import { sayNumber } from '../kit/number-words.ts';
import { languageOfPage, useSay } from '../words/say.ts';

type HoursFieldProps = {
  readonly label: string;
  readonly value: number | null;
  readonly isDisabled: boolean;
  readonly onSave: (hours: number | null) => void;
};

export function HoursField({ label, value, isDisabled, onSave }: HoursFieldProps) {
  const say = useSay();
  const id = useId();
  /** Undefined while nobody writes. */
  const [typed, setTyped] = useState<string>();
  const [isWrong, setWrong] = useState(false);
  function type(text: string | undefined): void {
    setTyped(text);
    setWrong(false);
  }
  function leave(): void {
    if (typed === undefined) return;
    const hours = readHours(typed);
    setWrong(hours === undefined);
    if (hours === undefined) return;
    setTyped(undefined);
    if (hours !== value) onSave(hours);
  }
  return (
    <>
      <input
        className="input hours-input"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? id : undefined}
        placeholder="–"
        value={typed ?? (value === null ? '' : sayNumber(value))}
        disabled={isDisabled}
        maxLength={12}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') type(undefined);
        }}
      />
      {isWrong && (
        <p id={id} className="form-problem hours-problem" role="alert">
          {say('Hours are a number from 0 to 9,999, such as 1.5, 1:30 or 90m.')}
        </p>
      )}
    </>
  );
}

/** Null is nothing said; undefined is no number of hours that a to-do can have. */
function readHours(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const hours = parseHours(text, languageOfPage());
  return hours !== undefined && hours <= 9_999 ? hours : undefined;
}
