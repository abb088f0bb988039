/** A dialog with a form: its fields, what went wrong, and the way out beside the way on. It knows nothing of what is saved. */
import type { FormEvent, ReactNode } from 'react';
import { useSay } from '../words/say.ts';
import { ActButton } from './act-button.tsx';
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';

type FormDialogProps = {
  readonly title: string;
  /** The fields. */
  readonly children: ReactNode;
  /** What the button says that sends the form; absent for somebody who may only read it. */
  readonly act?: string | undefined;
  /** While it is sent nothing is sent again. */
  readonly sending: { readonly isPending: boolean; readonly error: Error | null };
  /** Something is missing that a field cannot require by itself. */
  readonly isIncomplete?: boolean;
  /** Another way on, at the other end. */
  readonly aside?: ReactNode;
  /** A question that stands over it. */
  readonly over?: ReactNode;
  readonly onSubmit: (form: FormData) => void;
  readonly onClose: () => void;
};

export function FormDialog(props: FormDialogProps) {
  const { title, children, act, sending, isIncomplete = false, aside, over, onSubmit, onClose } = props;
  const say = useSay();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {children}
        <Problem error={sending.error} />
        <div className="form-actions">
          {aside && <span className="form-aside">{aside}</span>}
          <span className="form-ways">
            <button type="button" className="button button-quiet" onClick={onClose}>
              {act === undefined ? say('Close') : say('Cancel')}
            </button>
            {act !== undefined && (
              <ActButton
                type="submit"
                className="button button-primary"
                disabled={isIncomplete}
                isPending={sending.isPending}
              >
                {act}
              </ActButton>
            )}
          </span>
        </div>
      </form>
      {over}
    </Dialog>
  );
}

/** What stands in the field of that name, without the blanks around it. */
export function textIn(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}
