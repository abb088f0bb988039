/** A secret that is shown once: what it is, a way to copy it, and that it will not be seen again. */
import { useId } from 'react';
import { useSay } from '../words/say.ts';
import { copyText } from './toast.tsx';

export function Secret({ label, value }: { label: string; value: string }) {
  const say = useSay();
  const id = useId();
  return (
    <div className="field secret">
      <label htmlFor={id}>{label}</label>
      <div className="secret-line">
        <input
          id={id}
          className="input secret-value"
          readOnly
          value={value}
          aria-describedby={`${id}-note`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" className="button button-quiet" onClick={() => void copyText(value)}>
          {say('Copy')}
          <span className="visually-hidden"> {label}</span>
        </button>
      </div>
      <span id={`${id}-note`} className="field-note">
        {say('Copy it now: it is not shown again.')}
      </span>
    </div>
  );
}
