/** One's projects as small cards: how far each is, what is open in it, how it is said to be going. */
import { Link } from 'react-router';
import type { MyProject } from '../../../wire/project.ts';
import { useMyProjects } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { ProgressBar } from '../kit/progress-bar.tsx';
import { LightSign, sayLight } from '../overview/light.tsx';
import { boardPath } from '../shell/places.ts';
import { repeatedNames } from '../shell/repeated-names.ts';
import { useSay } from '../words/say.ts';
import '../styles/my-projects.css';

export function MyProjects() {
  const say = useSay();
  const projects = useMyProjects().data;
  const repeated = repeatedNames(projects ?? []);
  return (
    <section className="my-projects" aria-labelledby="my-projects-heading" aria-busy={projects === undefined}>
      <h2 id="my-projects-heading">{say('My projects')}</h2>
      <ul>
        {projects?.map((project) => (
          <ProjectCard key={project.key} project={project} isRepeated={repeated.has(project.name)} />
        ))}
      </ul>
    </section>
  );
}

type ProjectCardProps = {
  readonly project: MyProject;
  /** Whether another has the same name. */
  readonly isRepeated: boolean;
};

function ProjectCard({ project: { key, name, share, open, light, isFavourite }, isRepeated }: ProjectCardProps) {
  const say = useSay();
  return (
    <li className="project-card">
      <p className="project-card-head">
        <Link className="project-card-name" to={boardPath(key)}>
          {name}
        </Link>
        {isRepeated && <span className="project-key">{key}</span>}
        {isFavourite && (
          <span className="project-card-star">
            <Icon name="star" />
            <span className="visually-hidden">{say('Favourite')}</span>
          </span>
        )}
      </p>
      {share !== null && <ProgressBar share={share} label={say('Progress of {name}', { name })} />}
      <p className="project-card-facts">
        <span>
          {share === null
            ? say('Nothing in it yet')
            : say('{count, plural, =0 {Nothing open} one {# open to-do} other {# open to-dos}}', { count: open })}
        </span>
        {light && (
          <span className="project-card-light">
            <LightSign light={light} />
            <span aria-hidden="true">{sayLight(say, light)}</span>
          </span>
        )}
      </p>
    </li>
  );
}
