/** What a project is called, what it is for, when it runs, for which company, who sees it; and its end. */
import { type FormEvent, useState } from 'react';
import type { EditProjectRequest, Project } from '../../../wire/project.ts';
import { useEditProject } from '../api/changes.ts';
import { useClientRefs } from '../api/people.ts';
import { useMe } from '../api/queries.ts';
import { ActButton } from '../kit/act-button.tsx';
import { DayField } from '../kit/day-field.tsx';
import { NameField } from '../kit/name-field.tsx';
import { PickField } from '../kit/pick-field.tsx';
import { Problem } from '../kit/problem.tsx';
import { showDone } from '../kit/toast.tsx';
import { VisibilityChoice } from '../project/visibility-choice.tsx';
import { useSay } from '../words/say.ts';

export function AboutForm({ project }: { project: Project }) {
  const say = useSay();
  const edit = useEditProject(project.key);
  const clients = useClientRefs(useMe().may.createProject).data ?? [];
  const [draft, setDraft] = useState(() => draftOf(project));
  const isArchived = project.state === 'archived';
  const set = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));
  const change = (changes: Omit<EditProjectRequest, 'version'>, said: string) =>
    edit.mutate({ version: project.version, ...changes }, { onSuccess: () => showDone(said) });

  function submit(event: FormEvent): void {
    event.preventDefault();
    const { name, startsOn, endsOn, clientId, ...same } = draft;
    const days = { startsOn: startsOn || null, endsOn: endsOn || null };
    change({ ...same, ...days, name: name.trim(), clientId: clientId || null }, say('Saved.'));
  }

  return (
    <form className="form" onSubmit={submit}>
      <NameField value={draft.name} onChange={(name) => set({ name })} />
      <label className="field">
        {say('Description')} <span className="field-note">{say('what it is for, and when it is done')}</span>
        <textarea
          className="input"
          rows={4}
          value={draft.description}
          onChange={(event) => set({ description: event.target.value })}
          maxLength={20_000}
        />
      </label>
      <div className="side-by-side">
        <DayField
          label={say('Begins')}
          value={draft.startsOn || null}
          onChange={(day) => set({ startsOn: day ?? '' })}
        />
        <DayField label={say('Ends')} value={draft.endsOn || null} onChange={(day) => set({ endsOn: day ?? '' })} />
        {(clients.length > 0 || project.client) && (
          <PickField
            label={say('Company')}
            choices={[{ id: 'none', name: say('No company') }, ...clients.map(({ id, name }) => ({ id, name }))]}
            value={draft.clientId || 'none'}
            onPick={(id) =>
              set(
                id === 'none'
                  ? { clientId: '', ...(draft.visibility === 'clients' && { visibility: 'restricted' }) }
                  : { clientId: id },
              )
            }
          />
        )}
      </div>
      <VisibilityChoice
        value={draft.visibility}
        company={clients.find(({ id }) => id === draft.clientId)?.name}
        onChange={(visibility) => set({ visibility })}
      />
      <Problem error={edit.error} />
      <div className="form-actions">
        <button
          type="button"
          className="button button-quiet"
          onClick={() =>
            isArchived
              ? change({ state: 'open' }, say('The project is open again.'))
              : change({ state: 'archived' }, say('Archived. It can still be read, and brought back here.'))
          }
        >
          {isArchived ? say('Bring it back') : say('Archive')}
        </button>
        <ActButton
          type="submit"
          className="button button-primary"
          disabled={draft.name.trim() === ''}
          isPending={edit.isPending}
        >
          {say('Save')}
        </ActButton>
      </div>
    </form>
  );
}

type Draft = ReturnType<typeof draftOf>;

function draftOf({ name, description, visibility, startsOn, endsOn, client }: Project) {
  return { name, description, visibility, startsOn: startsOn ?? '', endsOn: endsOn ?? '', clientId: client?.id ?? '' };
}
