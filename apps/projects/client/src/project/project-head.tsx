/** The head of every page of a project: its name, the ways to look at it, and what can be done to the whole of it. */
import { Button } from 'react-aria-components/Button';
import { NavLink } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import { Icon } from '../kit/icon.tsx';
import { accessPath, boardPath, listPath, milestonesPath, projectSettingsPath, timelinePath } from '../shell/places.ts';
import { useWorkbench } from '../shell/workbench.tsx';
import { type Say, useSay } from '../words/say.ts';

/** The tabs, in order: a further view of a project is a further line. */
const tabs: readonly { readonly name: (say: Say) => string; readonly path: (key: string) => string }[] = [
  { name: (say) => say('Board'), path: boardPath },
  { name: (say) => say('List'), path: listPath },
  { name: (say) => say('Timeline'), path: timelinePath },
  { name: (say) => say('Milestones'), path: milestonesPath },
  { name: (say) => say('People'), path: accessPath },
];

export function ProjectHead({ project }: { project: Project }) {
  const say = useSay();
  const { open } = useWorkbench();
  return (
    <header className="project-head">
      <h1>{project.name}</h1>
      <nav className="tabs" aria-label={say('Views')}>
        {tabs.map(({ name, path }) => (
          <NavLink key={path('')} to={path(project.key)}>
            {name(say)}
          </NavLink>
        ))}
      </nav>
      {project.state === 'archived' && <span className="tag">{say('Archived')}</span>}
      <span className="space" />
      <NavLink
        className="icon-button"
        to={projectSettingsPath(project.key)}
        aria-label={say('Project settings and members')}
      >
        <Icon name="settings" />
      </NavLink>
      {project.may.createToDo && (
        <Button className="button button-primary" onPress={() => open('to-do')}>
          {say('New to-do')}
        </Button>
      )}
    </header>
  );
}
