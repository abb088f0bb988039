/** A project's settings: what it is, its columns, its members. Who may only look sees the same, at rest. */
import { Link, useParams } from 'react-router';
import { useProject } from '../api/queries.ts';
import { Members } from '../project/members.tsx';
import { ProjectFrame } from '../project/project-frame.tsx';
import { webhooksPath } from '../shell/places.ts';
import { DuplicateSection } from '../transfer/duplicate-section.tsx';
import { TransferSection } from '../transfer/transfer-section.tsx';
import { useSay } from '../words/say.ts';
import { AboutForm } from './about-form.tsx';
import { Columns } from './columns.tsx';
import { DeleteSection } from './delete-section.tsx';
import { Tags } from './tags.tsx';
import '../styles/people.css';

export function ProjectSettingsPage() {
  const say = useSay();
  const { key = '' } = useParams();
  const reading = useProject(key);
  return (
    <ProjectFrame name={say('Settings')} reading={reading}>
      {(project) => (
        <div className="project-scroll">
          <div className="page sections">
            <section aria-labelledby="about-heading">
              <h2 id="about-heading">{say('About')}</h2>
              {project.may.editProject ? (
                <AboutForm key={project.version} project={project} />
              ) : (
                <p className="prose">{project.description || say('This project has no description.')}</p>
              )}
            </section>
            <Columns project={project} />
            <Tags project={project} />
            <Members project={project} />
            <TransferSection project={project} />
            <DuplicateSection project={project} />
            {project.may.manageWebhooks && (
              <section aria-labelledby="webhooks-heading">
                <h2 id="webhooks-heading">{say('Webhooks')}</h2>
                <p className="lead">{say('Other programs can be told what happens in this project.')}</p>
                <Link className="button button-quiet" to={webhooksPath(project.key)}>
                  {say('Webhooks of this project')}
                </Link>
              </section>
            )}
            <DeleteSection project={project} />
          </div>
        </div>
      )}
    </ProjectFrame>
  );
}
