/** Makes a project: a name, and who may see it. The key is proposed by the server and can be chosen here. */
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Visibility } from '../../../wire/project.ts';
import { proposeKey } from '../../../wire/project-key.ts';
import { useCreateProject } from '../api/changes.ts';
import { newCreationKey } from '../api/client.ts';
import { FormDialog } from '../kit/form-dialog.tsx';
import { NameField } from '../kit/name-field.tsx';
import { boardPath, importProjectPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { KeyField } from './key-field.tsx';
import { VisibilityChoice } from './visibility-choice.tsx';

export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const create = useCreateProject();
  const navigate = useNavigate();
  const [creationKey] = useState(newCreationKey);
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const exampleKey = key || proposeKey(name || say('Website'), 0);
  const [visibility, setVisibility] = useState<Visibility>('restricted');

  function submit(): void {
    const request = { creationKey, name: name.trim(), visibility, ...(key === '' ? {} : { key }) };
    create.mutate(request, {
      onSuccess({ project }) {
        onClose();
        void navigate(boardPath(project.key));
      },
    });
  }

  return (
    <FormDialog
      title={say('New project')}
      act={say('Make project')}
      sending={create}
      isIncomplete={name.trim() === ''}
      aside={
        <Link className="button from-file" to={importProjectPath} onClick={onClose}>
          {say('From a file')}
        </Link>
      }
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField value={name} onChange={setName} isFirst />
      <KeyField
        value={key}
        onChange={setKey}
        proposed={name ? proposeKey(name, 0) : 'WEB'}
        note={say('stands before the number of each to-do, as in {example}', { example: `${exampleKey}-1` })}
      />
      <VisibilityChoice value={visibility} onChange={setVisibility} />
    </FormDialog>
  );
}
