/** Oneself, as the sign-in service says it. It is read here and changed there. */
import { useProfile } from '../api/people.ts';
import { Problem } from '../kit/problem.tsx';
import { useTitle } from '../shell/title.ts';
import { useSay } from '../words/say.ts';
import '../styles/people.css';

export function ProfilePage() {
  const say = useSay();
  useTitle(say('Your profile'));
  const { data, error, isPending } = useProfile();
  const facts = data && [
    { name: say('Name'), value: data.name },
    { name: say('Mail address'), value: data.email },
    { name: say('Phone'), value: data.phone },
    { name: say('Job'), value: data.jobTitle },
    { name: say('Level'), value: data.jobLevel },
    { name: say('Department'), value: data.department },
    { name: say('Company'), value: data.client?.name ?? '' },
    { name: say('Role in this workspace'), value: say.marked(data.roleName) },
  ];
  return (
    <main className="page" id="content" aria-busy={isPending}>
      <h1>{say('Your profile')}</h1>
      {data && (
        <p className="lead">
          {data.source.kind === 'provider'
            ? say('This comes from {host} when you sign in. Change it there, and it is right here the next time.', {
                host: data.source.host,
              })
            : say('Your account belongs to this workspace alone.')}
        </p>
      )}
      <Problem error={error} />
      <dl className="profile">
        {facts?.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || <span className="pick-none">{say('not said')}</span>}</dd>
          </div>
        ))}
      </dl>
      <p className="fact-note">{say('Your company and your role are given by admins of this workspace.')}</p>
    </main>
  );
}
