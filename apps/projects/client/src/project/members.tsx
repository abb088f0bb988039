/** Who is in a project and as what. A role here replaces the one somebody has in the whole workspace. */

import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useLocation } from 'react-router';
import type { PersonRef } from '../../../wire/me.ts';
import type { Member, MembersAnswer, Project } from '../../../wire/project.ts';
import { type ProjectRole, projectRoles, roleName } from '../../../wire/roles.ts';
import { useSetMember } from '../api/changes.ts';
import { callApi } from '../api/client.ts';
import { useFoundMembers } from '../api/people.ts';
import { useMe, usePeople } from '../api/queries.ts';
import { useSeekPeople } from '../api/seek-people.ts';
import { Avatar } from '../kit/avatar.tsx';
import { FindPeople } from '../kit/find-people.tsx';
import { focusOnce } from '../kit/focus.ts';
import { sayPeopleCut } from '../kit/people-cut.ts';
import { Pick } from '../kit/pick.tsx';
import { showDone, showProblem } from '../kit/toast.tsx';
import { useSettled } from '../kit/use-settled.ts';
import { addMemberHash } from '../shell/places.ts';
import { useSay } from '../words/say.ts';

export function Members({ project }: { project: Project }) {
  const say = useSay();
  const { person: me } = useMe();
  const setMember = useSetMember(project.key);
  const [letters, setLetters] = useState('');
  const name = useSettled(letters.trim());
  const { data: found, isPlaceholderData } = useFoundMembers(project.key, name);
  const isAnswered = name === letters.trim() && !isPlaceholderData;
  const { members, more } = name !== '' && found ? found : { members: project.members, more: project.moreMembers };
  return (
    <section className="members" aria-label={say('Members')}>
      <h3 className="side-name">{say('Members')}</h3>
      {project.moreMembers && (
        <FindPeople letters={letters} onType={setLetters} found={isAnswered ? found?.members.length : undefined} />
      )}
      <ul>
        {members.map((member) => (
          <li key={member.person.id} className="member">
            <Avatar person={member.person} />
            <span className="member-name">
              {member.person.id === me.id ? say('{name} (you)', { name: member.person.name }) : member.person.name}
            </span>
            {project.may.manageMembers && member.person.id !== me.id ? (
              <>
                <RolePick member={member} onPick={(role) => setMember.mutate({ personId: member.person.id, role })} />
                <Button
                  className="icon-button"
                  aria-label={say('Take {name} out of the project', { name: member.person.name })}
                  onPress={() => setMember.mutate({ personId: member.person.id, role: undefined })}
                >
                  ✕
                </Button>
              </>
            ) : (
              <span className="fact-note">{say.marked(member.effectiveRoleName)}</span>
            )}
          </li>
        ))}
      </ul>
      {project.may.manageMembers && project.members.some(({ byGroup }) => byGroup) && (
        <p className="fact-note">
          {say(
            'Some of them came through a group of the sign\u2011in service. Whom you take out, no group brings back.',
          )}
        </p>
      )}
      {more && <p className="fact-note">{sayPeopleCut(say, more)}</p>}
      {project.may.manageMembers && <AddMember project={project} />}
    </section>
  );
}

function RolePick({ member, onPick }: { member: Member; onPick: (role: ProjectRole | null) => void }) {
  const say = useSay();
  const choices = [
    { id: 'inherit', name: say('As in the workspace') },
    ...projectRoles.map((role) => ({ id: String(role), name: say.marked(roleName(role)) })),
  ];
  return (
    <Pick
      label={say('Role of {name}', { name: member.person.name })}
      choices={choices}
      value={member.role === null ? 'inherit' : String(member.role)}
      onPick={(id) => onPick(projectRoles.find((role) => String(role) === id) ?? null)}
    >
      {say.marked(member.effectiveRoleName)}
    </Pick>
  );
}

function AddMember({ project }: { project: Project }) {
  const say = useSay();
  const answer = usePeople().data;
  const { people, more } = answer ?? { people: [], more: false };
  const setMember = useSetMember(project.key);
  const seek = useSeekPeople(null, more);
  const isAskedFor = useLocation().hash === addMemberHash;
  if (!answer) return null;
  const outside = people.filter(({ id }) => !project.members.some(({ person }) => person.id === id));
  /** Beyond the members that are listed somebody may be one already, and keeps the role they have. */
  async function add(person: PersonRef | undefined): Promise<void> {
    if (!person) return;
    if (project.moreMembers && (await isMember(project.key, person)))
      showDone(say('{name} is in this project already.', { name: person.name }));
    else setMember.mutate({ personId: person.id, role: null });
  }
  if (outside.length === 0 && !more)
    return (
      <p className="fact-note" tabIndex={-1} ref={isAskedFor ? focusOnce : undefined}>
        {say('Everyone who has signed in is here. Others can be added after their first sign-in.')}
      </p>
    );
  return (
    <div ref={isAskedFor ? focusButton : undefined}>
      <Pick
        label={say('Add somebody')}
        choices={outside.map((person) => ({ id: person.id, name: person.name, sign: <Avatar person={person} /> }))}
        note={sayPeopleCut(say, more)}
        seek={seek}
        value=""
        onPick={(personId) => void add(outside.find(({ id }) => id === personId)).catch(showProblem)}
      >
        + {say('Add somebody')}
      </Pick>
    </div>
  );
}

async function isMember(projectKey: string, { id, name }: PersonRef): Promise<boolean> {
  const path = `/projects/${projectKey}/members?${new URLSearchParams({ name })}`;
  const { members } = await callApi<MembersAnswer>('GET', path);
  return members.some(({ person }) => person.id === id);
}

function focusButton(place: HTMLElement | null): void {
  place?.querySelector('button')?.focus();
}
