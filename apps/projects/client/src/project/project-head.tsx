/** The head of every page of a project: its name, the ways to look at it, and what can be done to the whole of it. */
import { Button } from 'react-aria-components/Button';
import { NavLink } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import { Icon } from '../kit/icon.tsx';
import { FavouriteButton } from '../overview/favourite-button.tsx';
import {
  accessPath,
  boardPath,
  filesPath,
  goalsPath,
  listPath,
  milestonesPath,
  overviewPath,
  projectSettingsPath,
  sprintsPath,
  tablePath,
  timelinePath,
  trashPath,
} from '../shell/places.ts';
import { useWorkbench } from '../shell/workbench.tsx';
import { type Say, useSay } from '../words/say.ts';

/** The tabs, in order: a further view of a project is a further line. */
const tabs: readonly { readonly name: (say: Say) => string; readonly path: (key: string) => string }[] = [
  { name: (say) => say('Overview'), path: overviewPath },
  { name: (say) => say('Board'), path: boardPath },
  { name: (say) => say('List'), path: listPath },
  { name: (say) => say('Table'), path: tablePath },
  { name: (say) => say('Timeline'), path: timelinePath },
  { name: (say) => say('Milestones'), path: milestonesPath },
  { name: (say) => say('Sprints'), path: sprintsPath },
  { name: (say) => say('Goals'), path: goalsPath },
  { name: (say) => say('Files'), path: filesPath },
  { name: (say) => say('People'), path: accessPath },
  { name: (say) => say('Trash'), path: trashPath },
];

export function ProjectHead({ project }: { project: Project }) {
  const say = useSay();
  const { open } = useWorkbench();
  return (
    <header className="project-head">
      <h1>{project.name}</h1>
      <FavouriteButton project={project} />
      <nav className="tabs" aria-label={say('Views')} ref={showCurrent}>
        {tabs.map(({ name, path }) => (
          <NavLink key={path('')} to={path(project.key)} end>
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
        <Button className="button button-primary head-add" onPress={() => open('to-do')}>
          <Icon name="plus" />
          <span className="head-add-words">{say('New to-do')}</span>
        </Button>
      )}
    </header>
  );
}

/** Where the tabs are wider than the screen, the current one is the one to see, also once a phone was turned. */
function showCurrent(nav: HTMLElement | null): (() => void) | undefined {
  if (!nav) return undefined;
  const observer = new ResizeObserver(() =>
    nav.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' }),
  );
  observer.observe(nav);
  return () => observer.disconnect();
}
