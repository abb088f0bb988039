/** A number of hours, saved when one leaves it. */
import { useEffect, useState } from 'react';

type HoursFieldProps = {
  readonly label: string;
  readonly value: number | null;
  readonly isDisabled: boolean;
  readonly onSave: (hours: number | null) => void;
};

export function HoursField({ label, value, isDisabled, onSave }: HoursFieldProps) {
  const [text, setText] = useState(asText(value));
  useEffect(() => setText(asText(value)), [value]);
  function leave(): void {
    const hours = parseHours(text);
    if (hours === undefined) setText(asText(value));
    else if (hours !== value) onSave(hours);
  }
  return (
    <input
      className="input"
      inputMode="decimal"
      aria-label={label}
      placeholder="–"
      value={text}
      disabled={isDisabled}
      maxLength={7}
      onChange={(event) => setText(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

function asText(value: number | null): string {
  return value === null ? '' : String(value);
}

/** `1,5` and `1.5` are one and a half; null is nothing said; undefined is no number. */
function parseHours(text: string): number | null | undefined {
  const trimmed = text.trim().replace(',', '.').replace(/h$/i, '');
  if (trimmed === '') return null;
  const hours = Math.round(Number(trimmed) * 100) / 100;
  return hours >= 0 && hours <= 9_999 ? hours : undefined;
}
