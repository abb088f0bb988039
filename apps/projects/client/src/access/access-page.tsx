/** Who can do what in a project, and why: one line a person, in words, worked out by the server. */
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { AccessEntry, StandingReason } from '../../../wire/access.ts';
import type { Project, ProjectMay } from '../../../wire/project.ts';
import { useAccess } from '../api/people.ts';
import { useMe } from '../api/queries.ts';
import { Avatar } from '../kit/avatar.tsx';
import { FindPeople } from '../kit/find-people.tsx';
import { sayPeopleCut } from '../kit/people-cut.ts';
import { useSettled } from '../kit/use-settled.ts';
import { ProjectFrame } from '../project/project-frame.tsx';
import { addMemberPath } from '../shell/places.ts';
import { type Say, useSay } from '../words/say.ts';
import '../styles/people.css';

export function AccessPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const [letters, setLetters] = useState('');
  const name = useSettled(letters.trim());
  const everybody = useAccess(key, '');
  const shown = useAccess(key, name);
  const { access = [], more = false } = shown.data ?? {};
  const isAnswered = name === letters.trim() && !shown.isPlaceholderData;
  return (
    <ProjectFrame name={say('People')} reading={shown}>
      {(project) => (
        <div className="project-scroll">
          <div className="page">
            <header className="page-head">
              <h2 className="page-title">{say('Who can do what here')}</h2>
              {project.may.manageMembers && (
                <Link className="button button-quiet" to={addMemberPath(project.key)}>
                  + {say('Add somebody')}
                </Link>
              )}
            </header>
            <p className="lead">{sayOpenness(say, project)}</p>
            {everybody.data?.more && (
              <FindPeople letters={letters} onType={setLetters} found={isAnswered ? access.length : undefined} />
            )}
            <ul className="people">
              {access.map((entry) => (
                <Entry key={entry.person.id} entry={entry} isArchived={project.state === 'archived'} />
              ))}
            </ul>
            {more && <p className="fact-note">{sayPeopleCut(say, more)}</p>}
          </div>
        </div>
      )}
    </ProjectFrame>
  );
}

function Entry({ entry, isArchived }: { entry: AccessEntry; isArchived: boolean }) {
  const say = useSay();
  const { person: me } = useMe();
  return (
    <li className="person">
      <Avatar person={entry.person} />
      <div className="person-facts">
        <p>
          <b>{entry.person.name}</b> {entry.person.id === me.id && <span className="tag">{say('You')}</span>}
        </p>
        <p>{isArchived ? say('Looks: the project is archived') : sayMay(say, entry.may)}</p>
        <p className="fact-note">{sayWhy(say, entry)}</p>
      </div>
      <span className="tag">{say.marked(entry.roleName)}</span>
    </li>
  );
}

function sayOpenness(say: Say, { visibility, client }: Project): string {
  if (visibility === 'all') return say('Everyone in this workspace sees this project, each with their own role.');
  if (visibility === 'clients' && client)
    return say('Members and everybody of {company} see this project.', { company: client.name });
  return say('Members and managers of the workspace see this project, nobody else.');
}

/** From the most that somebody may do down; each includes what follows it. */
const abilities: readonly { readonly may: keyof ProjectMay; readonly words: (say: Say) => string }[] = [
  { may: 'manageMembers', words: (say) => say('Runs the project: settings, members, columns, and all of its content') },
  { may: 'editToDo', words: (say) => say('Makes and changes to-dos, milestones and goals') },
  { may: 'comment', words: (say) => say('Looks, comments and adds files') },
];

function sayMay(say: Say, may: ProjectMay): string {
  return abilities.find((ability) => may[ability.may])?.words(say) ?? say('Looks');
}

function sayWhy(say: Say, entry: AccessEntry): string {
  const reasons: Readonly<Record<StandingReason, string>> = {
    'manages-workspace': say('Sees every project, as {role} of the workspace', { role: say.marked(entry.roleName) }),
    'own-role': say('Member with the role {role} in this project', { role: say.marked(entry.roleName) }),
    inherits: say('Member, with the role they have everywhere: {role}', { role: say.marked(entry.roleName) }),
    company: say('Belongs to the company this project is open to'),
    everyone: say('The project is open to everyone here'),
  };
  return entry.byGroup
    ? say('{reason}, through a group of the sign\u2011in service', { reason: reasons[entry.why] })
    : reasons[entry.why];
}
