/** A number of a form, read and written as the language of the page does: what was understood stands there when one leaves it. */
import type { ReactNode, Ref } from 'react';
import { parseNumber } from '../../../wire/numbers.ts';
import { languageOfPage, useSay } from '../words/say.ts';
import { sayNumber } from './number-words.ts';

type NumberFieldProps = {
  readonly name: string;
  readonly value: number | undefined;
  /** The label. */
  readonly children: ReactNode;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement> | undefined;
};

/** `numberIn` reads it out of the form, which is not sent before there is a number. */
export function NumberField({ name, value, children, className = 'input', inputRef }: NumberFieldProps) {
  const say = useSay();
  const language = languageOfPage();
  return (
    <label className="field">
      {children}
      <input
        name={name}
        inputMode="decimal"
        className={className}
        defaultValue={value === undefined ? '' : sayNumber(value)}
        maxLength={40}
        required
        autoComplete="off"
        ref={inputRef}
        onChange={({ target }) => {
          // An empty field is told of by the browser; blanks are something to it.
          const isNumber = target.value === '' || parseNumber(target.value, language) !== undefined;
          target.setCustomValidity(isNumber ? '' : say('This is no number.'));
        }}
        onBlur={({ target }) => {
          const number = parseNumber(target.value, language);
          if (number !== undefined) target.value = sayNumber(number);
        }}
      />
    </label>
  );
}

export function numberIn(form: FormData, name: string): number {
  return parseNumber(String(form.get(name) ?? ''), languageOfPage()) ?? Number.NaN;
}
