/** Saves what is shown as a view, or changes the name of one and who has it. */
import { useState } from 'react';
import type { Project } from '../../../wire/project.ts';
import { type SavedView, type ViewPage, viewNameMax } from '../../../wire/saved-view.ts';
import { newCreationKey } from '../api/client.ts';
import { focusOnce } from '../kit/focus.ts';
import { FormDialog, textIn } from '../kit/form-dialog.tsx';
import { useSay } from '../words/say.ts';
import { useChangeViews } from './use-saved-views.ts';

type DialogProps = {
  readonly project: Project;
  /** The one to change; none saves a new one. */
  readonly view: SavedView | undefined;
  readonly shown: { readonly page: ViewPage; readonly query: string };
  readonly onSaved: (view: SavedView) => void;
  readonly onClose: () => void;
};

export function ViewDialog({ project, view, shown, onSaved, onClose }: DialogProps) {
  const say = useSay();
  const change = useChangeViews(project.key, true);
  const [creationKey] = useState(newCreationKey);
  const [isShared, setShared] = useState(view?.isShared ?? false);

  function submit(form: FormData): void {
    const name = textIn(form, 'name');
    const known = { name, isShared };
    change.mutate(view ? { edit: view, to: known } : { create: { creationKey, ...known, ...shown } }, {
      onSuccess({ views }) {
        onClose();
        const saved = views.find((each) => each.name === name && each.isShared === isShared);
        if (saved && !view) onSaved(saved);
      },
    });
  }

  return (
    <FormDialog
      title={view ? say('Name and sharing') : say('Save as a view')}
      act={say('Save')}
      sending={change}
      onSubmit={submit}
      onClose={onClose}
    >
      {!view && (
        <p className="dialog-text">
          {say('It keeps what is shown now: filter, groups, order and columns, not the to-dos themselves.')}
        </p>
      )}
      <label className="field">
        {say('Name')}
        <input
          name="name"
          className="input"
          defaultValue={view?.name}
          maxLength={viewNameMax}
          required
          autoComplete="off"
          ref={focusOnce}
        />
      </label>
      {project.may.shareViews && (
        <fieldset className="field choices">
          <legend>{say('Who has it')}</legend>
          <label className="choice">
            <input type="radio" name="shared" checked={!isShared} onChange={() => setShared(false)} />
            <span>{say('You alone')}</span>
          </label>
          <label className="choice">
            <input type="radio" name="shared" checked={isShared} onChange={() => setShared(true)} />
            <span>
              {say('Everybody in the project')}{' '}
              <span className="field-note">{say('whoever may change to-dos may change it too')}</span>
            </span>
          </label>
        </fieldset>
      )}
    </FormDialog>
  );
}
