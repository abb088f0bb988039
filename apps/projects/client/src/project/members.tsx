/** Who is in a project and as what. A role here replaces the one somebody has in the whole workspace. */
import { Button } from 'react-aria-components/Button';
import type { Member, Project } from '../../../wire/project.ts';
import { type ProjectRole, projectRoles, roleName } from '../../../wire/roles.ts';
import { useSetMember } from '../api/changes.ts';
import { useMe, usePeople } from '../api/queries.ts';
import { Avatar } from '../kit/avatar.tsx';
import { Pick } from '../kit/pick.tsx';

export function Members({ project }: { project: Project }) {
  const { person: me } = useMe();
  const setMember = useSetMember(project.key);
  return (
    <section className="members" aria-label="Members">
      <h3 className="side-name">Members</h3>
      <ul>
        {project.members.map((member) => (
          <li key={member.person.id} className="member">
            <Avatar person={member.person} />
            <span className="member-name">
              {member.person.name}
              {member.person.id === me.id && ' (you)'}
            </span>
            {project.may.manageMembers && member.person.id !== me.id ? (
              <>
                <RolePick member={member} onPick={(role) => setMember.mutate({ personId: member.person.id, role })} />
                <Button
                  className="icon-button"
                  aria-label={`Take ${member.person.name} out of the project`}
                  onPress={() => setMember.mutate({ personId: member.person.id, role: undefined })}
                >
                  ✕
                </Button>
              </>
            ) : (
              <span className="fact-note">{member.effectiveRoleName}</span>
            )}
          </li>
        ))}
      </ul>
      {project.may.manageMembers && <AddMember project={project} />}
    </section>
  );
}

function RolePick({ member, onPick }: { member: Member; onPick: (role: ProjectRole | null) => void }) {
  const choices = [
    { id: 'inherit', name: 'As in the workspace' },
    ...projectRoles.map((role) => ({ id: String(role), name: roleName(role) })),
  ];
  return (
    <Pick
      label={`Role of ${member.person.name}`}
      choices={choices}
      value={member.role === null ? 'inherit' : String(member.role)}
      onPick={(id) => onPick(projectRoles.find((role) => String(role) === id) ?? null)}
    >
      {member.effectiveRoleName}
    </Pick>
  );
}

function AddMember({ project }: { project: Project }) {
  const people = usePeople().data ?? [];
  const setMember = useSetMember(project.key);
  const outside = people.filter(({ id }) => !project.members.some(({ person }) => person.id === id));
  if (outside.length === 0)
    return (
      <p className="fact-note">Everyone who has signed in is here. Others can be added after their first sign-in.</p>
    );
  return (
    <Pick
      label="Add somebody"
      choices={outside.map((person) => ({ id: person.id, name: person.name, sign: <Avatar person={person} /> }))}
      value=""
      onPick={(personId) => setMember.mutate({ personId, role: null })}
    >
      + Add somebody
    </Pick>
  );
}
