/** Asks once more before something goes that cannot be brought back. */
import type { ReactNode } from 'react';
import { useSay } from '../words/say.ts';
import { ActButton } from './act-button.tsx';
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';

type ConfirmationProps = {
  readonly title: string;
  /** What will be gone, or what is to be decided about it. */
  readonly children: ReactNode;
  /** What the button says that does it. */
  readonly act: string;
  /** What the other one says. Default: "Keep it". */
  readonly keep?: string;
  readonly error?: unknown;
  readonly isPending: boolean;
  readonly onAct: () => void;
  readonly onClose: () => void;
};

export function Confirmation({ title, children, act, keep, error, isPending, onAct, onClose }: ConfirmationProps) {
  const say = useSay();
  return (
    <Dialog title={title} urgent onClose={onClose}>
      {typeof children === 'string' ? <p className="dialog-text">{children}</p> : children}
      <Problem error={error} />
      <div className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          {keep ?? say('Keep it')}
        </button>
        <ActButton type="button" className="button button-danger-full" onClick={() => onAct()} isPending={isPending}>
          {act}
        </ActButton>
      </div>
    </Dialog>
  );
}
