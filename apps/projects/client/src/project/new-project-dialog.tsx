/** Makes a project: a name, and who may see it. The key is proposed by the server and can be chosen here. */
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Visibility } from '../../../wire/project.ts';
import { proposeKey } from '../../../wire/project-key.ts';
import { useCreateProject } from '../api/changes.ts';
import { newCreationKey, sayProblem } from '../api/client.ts';
import { Dialog } from '../kit/dialog.tsx';
import { focusOnce } from '../kit/focus.ts';
import { boardPath } from '../shell/places.ts';
import { VisibilityChoice } from './visibility-choice.tsx';

export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const create = useCreateProject();
  const navigate = useNavigate();
  const [creationKey] = useState(newCreationKey);
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [visibility, setVisibility] = useState<Visibility>('restricted');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (create.isPending) return;
    const request = { creationKey, name: name.trim(), visibility, ...(key === '' ? {} : { key }) };
    create.mutate(request, {
      onSuccess({ project }) {
        onClose();
        void navigate(boardPath(project.key));
      },
    });
  }

  return (
    <Dialog title="New project" onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <label className="field">
          Name
          <input
            ref={focusOnce}
            className="input"
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={100}
            required
            autoComplete="off"
          />
        </label>
        <label className="field">
          Key{' '}
          <span className="field-note">
            stands before the number of each to-do, as in {key || proposeKey(name || 'Website', 0)}-1
          </span>
          <input
            className="input input-key"
            value={key}
            onChange={(event) => setKey(event.target.value.toUpperCase())}
            placeholder={name ? proposeKey(name, 0) : 'WEB'}
            pattern="[A-Z][A-Z0-9]{1,9}"
            title="2 to 10 letters or digits, a letter first"
            maxLength={10}
            autoComplete="off"
          />
        </label>
        <VisibilityChoice value={visibility} onChange={setVisibility} />
        {create.isError && (
          <p className="form-problem" role="alert">
            {sayProblem(create.error)}
          </p>
        )}
        <div className="form-actions">
          <button type="button" className="button button-quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" disabled={name.trim() === '' || create.isPending}>
            Make project
          </button>
        </div>
      </form>
    </Dialog>
  );
}
