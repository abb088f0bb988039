/** The webhooks of a project: which addresses are told what happens, and whether they take it. For its managers. */
import { Link, useParams } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import { ProjectFrame } from '../project/project-frame.tsx';
import { projectSettingsPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { NewWebhook } from './new-webhook.tsx';
import { useWebhooks } from './queries.ts';
import { WebhookCard } from './webhook-card.tsx';
import '../styles/people.css';
import '../styles/webhooks.css';

export function WebhooksPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const reading = useWebhooks(key);
  return (
    <ProjectFrame name={say('Webhooks')} reading={reading}>
      {(project) => (
        <div className="project-scroll">
          <div className="page sections webhooks">
            <Webhooks project={project} />
          </div>
        </div>
      )}
    </ProjectFrame>
  );
}

function Webhooks({ project }: { project: Project }) {
  const say = useSay();
  const { data: webhooks } = useWebhooks(project.key);
  return (
    <>
      <section aria-labelledby="webhooks-heading">
        <p className="webhooks-back">
          <Link className="text-link" to={projectSettingsPath(project.key)}>
            {say('Settings')}
          </Link>
        </p>
        <h2 id="webhooks-heading">{say('Webhooks')}</h2>
        <p className="lead">
          {say(
            'An address that you name is sent what happens in this project, signed with a secret that only it and you know.',
          )}
        </p>
        {webhooks?.length === 0 && <p className="nobody">{say('There are no webhooks yet.')}</p>}
        <ul className="webhook-list">
          {webhooks?.map((webhook) => (
            <WebhookCard key={webhook.id} projectKey={project.key} webhook={webhook} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="new-webhook-heading">
        <h2 id="new-webhook-heading">{say('New webhook')}</h2>
        <NewWebhook projectKey={project.key} />
      </section>
    </>
  );
}
