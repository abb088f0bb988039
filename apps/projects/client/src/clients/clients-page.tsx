/** The companies that people belong to and projects are for. None is needed. For admins. */
import { type FormEvent, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Client } from '../../../wire/client.ts';
import { newCreationKey } from '../api/client.ts';
import { useClients, useCreateClient, useEditClient, useRemoveClient } from '../api/people.ts';
import { ActButton } from '../kit/act-button.tsx';
import { Confirmation } from '../kit/confirmation.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { NameField } from '../kit/name-field.tsx';
import { Problem } from '../kit/problem.tsx';
import { showDone } from '../kit/toast.tsx';
import { useTitle } from '../shell/title.ts';
import { useSay } from '../words/say.ts';
import '../styles/people.css';
import { afterwards } from '../api/afterwards.ts';

export function ClientsPage() {
  const say = useSay();
  useTitle(say('Companies'));
  const clients = useClients();
  const [shown, setShown] = useState<Client | 'new'>();
  return (
    <main className="page" id="content" aria-busy={clients.isPending}>
      <div className="page-head">
        <h1>{say('Companies')}</h1>
        <Button className="button button-primary" onPress={() => setShown('new')}>
          {say('New company')}
        </Button>
      </div>
      <p className="lead">
        {say('Put people and projects under a company, and a project can be open to everybody of that company.')}
      </p>
      <Problem error={clients.error} />
      <ul className="people">
        {clients.data?.map((client) => (
          <li key={client.id} className="person">
            <div className="person-facts">
              <p>
                <b>{client.name}</b>
              </p>
              <p className="fact-note">
                {say('{people, plural, =0 {nobody} one {# person} other {# people}}', { people: client.people })}
                {' · '}
                {say('{projects, plural, =0 {no project} one {# project} other {# projects}}', {
                  projects: client.projects,
                })}
              </p>
              {client.note && <p className="prose">{client.note}</p>}
            </div>
            <Button
              className="button button-quiet"
              aria-label={say('Change {name}', { name: client.name })}
              onPress={() => setShown(client)}
            >
              {say('Change')}
            </Button>
          </li>
        ))}
      </ul>
      {clients.data?.length === 0 && (
        <p className="nobody">
          {say('There is no company yet. If you work for nobody but yourselves, none is needed.')}
        </p>
      )}
      {shown === 'new' && <NewClient onClose={() => setShown(undefined)} />}
      {shown && shown !== 'new' && <ChangeClient client={shown} onClose={() => setShown(undefined)} />}
    </main>
  );
}

function NewClient({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const create = useCreateClient();
  const [creationKey] = useState(newCreationKey);
  return (
    <Dialog title={say('New company')} onClose={onClose}>
      <ClientForm
        name=""
        note=""
        error={create.error}
        isPending={create.isPending}
        onSubmit={(name, note) => create.mutate({ creationKey, name, note }, { onSuccess: onClose })}
      />
    </Dialog>
  );
}

function ChangeClient({ client, onClose }: { client: Client; onClose: () => void }) {
  const say = useSay();
  const edit = useEditClient(client.id);
  const remove = useRemoveClient(client.id);
  const [removing, setRemoving] = useState(false);
  const close = (said: string) => () => {
    onClose();
    showDone(said);
  };
  if (removing)
    return (
      <Confirmation
        title={say('Remove {name}?', { name: client.name })}
        act={say('Remove')}
        error={remove.error}
        isPending={remove.isPending}
        onAct={() => afterwards(remove.mutateAsync(client.version), close(say('The company is removed.')))}
        onClose={() => setRemoving(false)}
      >
        {say('Its people and projects stay, without a company. Projects open to its people are open to members only.')}
      </Confirmation>
    );
  return (
    <Dialog title={client.name} onClose={onClose}>
      <ClientForm
        name={client.name}
        note={client.note}
        error={edit.error}
        isPending={edit.isPending}
        onRemove={() => setRemoving(true)}
        onSubmit={(name, note) =>
          edit.mutate({ version: client.version, name, note }, { onSuccess: close(say('Saved.')) })
        }
      />
    </Dialog>
  );
}

type FormProps = {
  readonly name: string;
  readonly note: string;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onSubmit: (name: string, note: string) => void;
  readonly onRemove?: () => void;
};

function ClientForm({ error, isPending, onSubmit, onRemove, ...given }: FormProps) {
  const say = useSay();
  const [name, setName] = useState(given.name);
  const [note, setNote] = useState(given.note);
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit(name.trim(), note);
  }
  return (
    <form className="form" onSubmit={submit}>
      <NameField value={name} onChange={setName} isFirst />
      <label className="field">
        {say('Note')} <span className="field-note">{say('for admins alone')}</span>
        <textarea
          className="input"
          rows={3}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          maxLength={2000}
        />
      </label>
      <Problem error={error} />
      <div className="form-actions">
        {onRemove && (
          <button type="button" className="button button-danger" onClick={onRemove}>
            {say('Remove…')}
          </button>
        )}
        <ActButton type="submit" className="button button-primary" disabled={name.trim() === ''} isPending={isPending}>
          {say('Save')}
        </ActButton>
      </div>
    </form>
  );
}
