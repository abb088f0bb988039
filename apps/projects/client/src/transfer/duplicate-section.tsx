/** In the settings of a project: the way to begin another one with its plan. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { beginningOf } from '../../../wire/beginning.ts';
import { shiftDaysMax } from '../../../wire/duplicate.ts';
import type { Project } from '../../../wire/project.ts';
import { proposeKey } from '../../../wire/project-key.ts';
import { newCreationKey } from '../api/client.ts';
import { useMe } from '../api/queries.ts';
import { useDuplicateProject } from '../api/transfer.ts';
import { FormDialog } from '../kit/form-dialog.tsx';
import { NameField } from '../kit/name-field.tsx';
import { showDone } from '../kit/toast.tsx';
import { KeyField } from '../project/key-field.tsx';
import { boardPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import '../styles/transfer.css';

export function DuplicateSection({ project }: { project: Project }) {
  const say = useSay();
  const { may } = useMe();
  const [isOpen, setOpen] = useState(false);
  if (!project.may.duplicate || !may.createProject) return null;
  return (
    <section aria-labelledby="duplicate-heading">
      <h2 id="duplicate-heading">{say('Duplicate')}</h2>
      <p className="lead">
        {say('Begin another project with the plan of this one: its columns, tags and open to-dos.')}
      </p>
      <button type="button" className="button button-quiet" onClick={() => setOpen(true)}>
        {say('Duplicate this project')}
      </button>
      {isOpen && <DuplicateDialog project={project} onClose={() => setOpen(false)} />}
    </section>
  );
}

function DuplicateDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  const duplicate = useDuplicateProject(project.key);
  const [creationKey] = useState(newCreationKey);
  const [key, setKey] = useState('');
  const [name, setName] = useState(() => beginningOf(say('{title}, copy', { title: project.name }), 100));

  function submit(form: FormData): void {
    const request = {
      ...{ creationKey, name: name.trim(), shiftDays: Number(form.get('shiftDays') ?? 0) },
      ...{ withPeople: form.has('people'), withComments: form.has('comments'), withFiles: form.has('files') },
      ...(key !== '' && { key }),
    };
    duplicate.mutate(request, {
      onSuccess({ key: made }) {
        onClose();
        showDone(say('This is the copy: {project}.', { project: request.name }));
        void navigate(boardPath(made));
      },
    });
  }

  return (
    <FormDialog
      title={say('Duplicate this project')}
      act={say('Make the copy')}
      sending={duplicate}
      isIncomplete={name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="dialog-text">
        {say(
          'Columns, tags, milestones, goals, sprints that are not closed and to-dos that are not done come along. History and what was measured stay here, and nobody is told.',
        )}
      </p>
      <NameField value={name} onChange={setName} isFirst />
      <KeyField value={key} onChange={setKey} proposed={proposeKey(name, 1)} note={say('optional')} />
      <fieldset className="field choices">
        <legend>{say('What comes along besides')}</legend>
        <label className="choice">
          <input type="checkbox" name="people" defaultChecked />
          <span>
            {say('People')} <span className="field-note">{say('members, and who to-dos are given to')}</span>
          </span>
        </label>
        <label className="choice">
          <input type="checkbox" name="comments" />
          <span>{say('Comments')}</span>
        </label>
        <label className="choice">
          <input type="checkbox" name="files" />
          <span>{say('Files')}</span>
        </label>
      </fieldset>
      <label className="field">
        {say('Move all dates by')} <span className="field-note">{say('days; with a minus, back')}</span>
        <input
          name="shiftDays"
          type="number"
          className="input input-key"
          defaultValue={0}
          min={-shiftDaysMax}
          max={shiftDaysMax}
          step={1}
          required
        />
      </label>
    </FormDialog>
  );
}
