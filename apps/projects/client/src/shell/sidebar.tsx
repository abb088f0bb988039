/** Where one can go: home and the projects; at the foot, oneself. */

import { Button } from 'react-aria-components/Button';
import { Link, useLocation } from 'react-router';
import { useMe, useMoreProjects, useProjects, useTrashedCount } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { Mark } from '../kit/mark.tsx';
import { Bell } from '../notifications/bell.tsx';
import { useSay } from '../words/say.ts';
import { PersonMenu } from './person-menu.tsx';
import {
  allMilestonesPath,
  backgroundOf,
  boardPath,
  clientsPath,
  dayPath,
  homePath,
  notificationsPath,
  peoplePath,
  projectKeyOf,
  projectTrashPath,
} from './places.ts';
import { repeatedNames } from './repeated-names.ts';
import { useWorkbench } from './workbench.tsx';

export function Sidebar({ onGo }: { onGo: () => void }) {
  const say = useSay();
  const { site, may } = useMe();
  const projects = useProjects();
  const more = useMoreProjects();
  const trashed = useTrashedCount();
  const { open } = useWorkbench();
  const here = backgroundOf(useLocation());
  const currentKey = projectKeyOf(here);
  const current = (is: boolean) => (is ? ({ 'aria-current': 'page' } as const) : {});
  const places = [
    { path: peoplePath, name: say('People'), isShown: may.managePeople },
    { path: clientsPath, name: say('Companies'), isShown: may.manageClients },
  ].filter(({ isShown }) => isShown);
  // Favourites first; among equals the order stays.
  const shown = projects
    .filter(({ state }) => state === 'open')
    .toSorted((a, b) => Number(b.isFavourite) - Number(a.isFavourite));
  const repeated = repeatedNames(projects);
  const archived = projects.filter(({ state }) => state === 'archived');
  return (
    <>
      <div className="site">
        <Mark />
        <span>{site.name}</span>
      </div>
      <nav className="nav" aria-label={say('Workspace')}>
        <Link className="nav-link" to={homePath} onClick={onGo} {...current(here.split('?')[0] === homePath)}>
          <Icon name="home" /> {say('Home')}
        </Link>
        <Link className="nav-link" to={dayPath()} onClick={onGo} {...current(/^\/day(\/|$)/.test(here))}>
          <Icon name="calendar" /> {say('Day')}
        </Link>
        <Button
          className="nav-link nav-quiet"
          onPress={() => {
            onGo();
            open('palette');
          }}
        >
          <Icon name="search" /> {say('Find')}
        </Button>
        <Link className="nav-link" to={allMilestonesPath} onClick={onGo} {...current(here === allMilestonesPath)}>
          <Icon name="flag" /> {say('Milestones')}
        </Link>
        <Bell isHere={here === notificationsPath} onGo={onGo} />
        <h2 className="nav-heading">{say('Projects')}</h2>
        <ul>
          {shown.map(({ key, name, isFavourite }) => (
            <li key={key}>
              <Link className="nav-link" to={boardPath(key)} onClick={onGo} {...current(key === currentKey)}>
                <span className="nav-name">{name}</span>
                {repeated.has(name) && <span className="project-key">{key}</span>}
                {isFavourite && <Icon name="star" />}
              </Link>
            </li>
          ))}
        </ul>
        {more && <p className="nav-note">{say('Only the first 1,000 are listed. Find the others by their name.')}</p>}
        {may.createProject && (
          <Button
            className="nav-link nav-quiet"
            onPress={() => {
              onGo();
              open('project');
            }}
          >
            <Icon name="plus" /> {say('New project')}
          </Button>
        )}
        {archived.length > 0 && (
          <details className="archived" open={archived.some(({ key }) => key === currentKey)}>
            <summary>{say('Archived ({count})', { count: archived.length })}</summary>
            <ul>
              {archived.map(({ key, name }) => (
                <li key={key}>
                  <Link className="nav-link" to={boardPath(key)} onClick={onGo} {...current(key === currentKey)}>
                    <span className="nav-name">{name}</span>
                    {repeated.has(name) && <span className="project-key">{key}</span>}
                  </Link>
                </li>
              ))}
            </ul>
          </details>
        )}
        {trashed > 0 && (
          <Link
            className="nav-link nav-quiet"
            to={projectTrashPath}
            onClick={onGo}
            {...current(here === projectTrashPath)}
          >
            {say('Trash ({count})', { count: trashed })}
          </Link>
        )}
        {(may.managePeople || may.manageClients) && (
          <>
            <h2 className="nav-heading">{say('Workspace')}</h2>
            <ul>
              {places.map(({ path, name }) => (
                <li key={path}>
                  <Link className="nav-link" to={path} onClick={onGo} {...current(here === path)}>
                    <span className="nav-name">{name}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
      </nav>
      <PersonMenu />
    </>
  );
}
