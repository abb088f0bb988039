/** A project's settings: what it is, its columns, its members. Who may only look sees the same, at rest. */
import { useParams } from 'react-router';
import { useProject } from '../api/queries.ts';
import { Members } from '../project/members.tsx';
import { ProjectFrame } from '../project/project-frame.tsx';
import { useSay } from '../words/say.ts';
import { AboutForm } from './about-form.tsx';
import { Columns } from './columns.tsx';
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
            <Members project={project} />
          </div>
        </div>
      )}
    </ProjectFrame>
  );
}
