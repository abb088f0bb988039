/** A project's name, description, who sees it, its end; and its members. Who may only look sees the same, at rest. */
import { type FormEvent, useState } from 'react';
import type { EditProjectRequest, Project } from '../../../wire/project.ts';
import { useEditProject } from '../api/changes.ts';
import { sayProblem } from '../api/client.ts';
import { Dialog } from '../kit/dialog.tsx';
import { showDone } from '../kit/toast.tsx';
import { Members } from './members.tsx';
import { VisibilityChoice } from './visibility-choice.tsx';

export function SettingsDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  return (
    <Dialog title={project.name} size="large" onClose={onClose}>
      <div className="settings">
        {project.may.editProject ? (
          <SettingsForm project={project} />
        ) : (
          <div className="form">
            <p className="prose">{project.description || 'This project has no description.'}</p>
          </div>
        )}
        <Members project={project} />
      </div>
    </Dialog>
  );
}

function SettingsForm({ project }: { project: Project }) {
  const edit = useEditProject(project.key);
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const [visibility, setVisibility] = useState(project.visibility);
  const isArchived = project.state === 'archived';
  const change = (changes: Omit<EditProjectRequest, 'version'>, said: string) =>
    edit.mutate({ version: project.version, ...changes }, { onSuccess: () => showDone(said) });

  function submit(event: FormEvent): void {
    event.preventDefault();
    change({ name: name.trim(), description, visibility }, 'Saved.');
  }

  return (
    <form className="form" onSubmit={submit}>
      <label className="field">
        Name
        <input
          className="input"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={100}
          required
          autoComplete="off"
        />
      </label>
      <label className="field">
        Description <span className="field-note">what it is for, and when it is done</span>
        <textarea
          className="input"
          rows={4}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          maxLength={20_000}
        />
      </label>
      <VisibilityChoice value={visibility} onChange={setVisibility} />
      {edit.isError && (
        <p className="form-problem" role="alert">
          {sayProblem(edit.error)}
        </p>
      )}
      <div className="form-actions">
        <button
          type="button"
          className="button button-quiet"
          onClick={() =>
            change(
              { state: isArchived ? 'open' : 'archived' },
              isArchived ? 'The project is open again.' : 'Archived. It can still be read, and brought back here.',
            )
          }
        >
          {isArchived ? 'Bring it back' : 'Archive'}
        </button>
        <button type="submit" className="button button-primary" disabled={name.trim() === '' || edit.isPending}>
          Save
        </button>
      </div>
    </form>
  );
}
