/** Everybody who may come in or once could: what they are, which company, and the door. For admins. */

import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { fold } from '../../../wire/fold.ts';
import type { ManagedPerson } from '../../../wire/people.ts';
import { type RoleNumber, roleName } from '../../../wire/roles.ts';
import { useClients, useEditPerson, useManagedPeople } from '../api/people.ts';
import { useMe } from '../api/queries.ts';
import { Avatar } from '../kit/avatar.tsx';
import { Confirmation } from '../kit/confirmation.tsx';
import { sayDateOf } from '../kit/day-words.ts';
import { Pick } from '../kit/pick.tsx';
import { Problem } from '../kit/problem.tsx';
import { showDone } from '../kit/toast.tsx';
import { useTitle } from '../shell/title.ts';
import { type Say, useSay } from '../words/say.ts';
import { LocalSignIns } from './local-sign-ins.tsx';
import '../styles/people.css';
import { afterwards } from '../api/afterwards.ts';

const standings = ['active', 'closed', 'all'] as const;
type Standing = (typeof standings)[number];

export function PeoplePage() {
  const say = useSay();
  useTitle(say('People'));
  const { may } = useMe();
  const people = useManagedPeople();
  const [search, setSearch] = useState('');
  const [standing, setStanding] = useState<Standing>('active');
  const names: Readonly<Record<Standing, string>> = {
    active: say('May come in'),
    closed: say('Closed'),
    all: say('Everybody'),
  };
  const found = (people.data?.managedPeople ?? []).filter(
    (person) => fitsStanding(person, standing) && fitsSearch(person, search),
  );
  return (
    <main className="page" id="content" aria-busy={people.isPending}>
      <h1>{say('People')}</h1>
      <p className="lead">
        {say('People appear here when they first sign in. What they are called comes from the sign\u2011in service.')}
      </p>
      <div className="filters">
        <input
          className="input"
          type="search"
          aria-label={say('Search people')}
          placeholder={say('Name, address, company')}
          value={search}
          maxLength={100}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Pick
          label={say('Show')}
          choices={standings.map((id) => ({ id, name: names[id] }))}
          value={standing}
          onPick={setStanding}
        >
          {names[standing]}
        </Pick>
      </div>
      <Problem error={people.error} />
      <p className="visually-hidden" role="status">
        {say('{count, plural, one {# person} other {# people}}', { count: found.length })}
      </p>
      <ul className="people">
        {found.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </ul>
      {people.data && found.length === 0 && <p className="nobody">{say('Nobody fits. Search for less.')}</p>}
      {people.data?.more && <p className="fact-note">{say('Only the first 2000 are shown.')}</p>}
      {may.manageSite && <LocalSignIns />}
    </main>
  );
}

function fitsStanding({ isActive }: ManagedPerson, standing: Standing): boolean {
  return standing === 'all' || isActive === (standing === 'active');
}

function fitsSearch({ name, email, client, roleName: role, department }: ManagedPerson, search: string): boolean {
  const text = fold([name, email, client?.name, role, department].join(' '));
  return fold(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function PersonRow({ person }: { person: ManagedPerson }) {
  const say = useSay();
  const { person: me } = useMe();
  const [closing, setClosing] = useState(false);
  const edit = useEditPerson();
  const facts = [person.email, saySource(say, person), sayLastSeen(say, person)];
  const open = (isActive: boolean, said: string) =>
    afterwards(edit.mutateAsync({ personId: person.id, request: { isActive } }), () => {
      setClosing(false);
      showDone(said);
    });
  return (
    <li className="person">
      <Avatar person={person} />
      <div className="person-facts">
        <p>
          <b>{person.name}</b> {person.id === me.id && <span className="tag">{say('You')}</span>}{' '}
          {!person.isActive && <span className="tag">{say('Closed')}</span>}
        </p>
        <p className="fact-note">{facts.filter((fact) => fact !== '').join(' · ')}</p>
        {person.whyNot && person.id !== me.id && <p className="fact-note">{say.marked(person.whyNot)}</p>}
      </div>
      <div className="person-picks">
        <RolePick person={person} onPick={(role) => edit.mutate({ personId: person.id, request: { role } })} />
        <CompanyPick
          person={person}
          onPick={(clientId) => edit.mutate({ personId: person.id, request: { clientId } })}
        />
        {person.may.deactivate &&
          (person.isActive ? (
            <Button
              className="button button-danger"
              aria-label={say('Close the account of {name}', { name: person.name })}
              onPress={() => setClosing(true)}
            >
              {say('Close…')}
            </Button>
          ) : (
            <Button
              className="button button-quiet"
              aria-label={say('Open the account of {name}', { name: person.name })}
              onPress={() => open(true, say('{name} may come in again.', { name: person.name }))}
            >
              {say('Open again')}
            </Button>
          ))}
      </div>
      {closing && (
        <Confirmation
          title={say('Close this account?')}
          act={say('Close account')}
          keep={say('Leave it open')}
          isPending={edit.isPending}
          onAct={() => open(false, say('The account of {name} is closed.', { name: person.name }))}
          onClose={() => setClosing(false)}
        >
          {say(
            '{name} is signed out at once and cannot come in any more. What they made stays, and you can open the account again.',
            { name: person.name },
          )}
        </Confirmation>
      )}
    </li>
  );
}

function RolePick({ person, onPick }: { person: ManagedPerson; onPick: (role: RoleNumber) => void }) {
  const say = useSay();
  const { giveRoles } = person.may;
  if (giveRoles.length === 0) return <span className="tag">{say.marked(person.roleName)}</span>;
  return (
    <Pick
      label={say('Role of {name}', { name: person.name })}
      choices={giveRoles.map((role) => ({ id: String(role), name: say.marked(roleName(role)) }))}
      value={String(person.role)}
      onPick={(id) => onPick(giveRoles.find((role) => String(role) === id) ?? person.role)}
    >
      {say.marked(person.roleName)}
    </Pick>
  );
}

function CompanyPick({ person, onPick }: { person: ManagedPerson; onPick: (clientId: string | null) => void }) {
  const say = useSay();
  const clients = useClients().data ?? [];
  if (clients.length === 0) return null;
  return (
    <Pick
      label={say('Company of {name}', { name: person.name })}
      choices={[{ id: '', name: say('No company') }, ...clients.map(({ id, name }) => ({ id, name }))]}
      value={person.client?.id ?? ''}
      onPick={(id) => onPick(id === '' ? null : id)}
    >
      {person.client?.name ?? <span className="pick-none">{say('No company')}</span>}
    </Pick>
  );
}

function saySource(say: Say, { source }: ManagedPerson): string {
  switch (source.kind) {
    case 'provider':
      return say('from {host}', { host: source.host });
    case 'local':
      return say('local owner, for emergencies');
    case 'never-yet':
      return say('never signed in yet');
  }
}

function sayLastSeen(say: Say, { lastSignInAt }: ManagedPerson): string {
  if (lastSignInAt === null) return '';
  const day = sayDateOf(lastSignInAt);
  return say('last signed in {day}', { day });
}
