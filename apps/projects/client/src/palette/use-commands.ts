/** What the palette offers before anything is asked of the server: places, projects, and things to do. */
import { useNavigate } from 'react-router';
import { useMe, useProjects } from '../api/queries.ts';
import * as places from '../shell/places.ts';
import { chooseTheme } from '../shell/theme.ts';
import { useWorkbench } from '../shell/workbench.tsx';
import { useSay } from '../words/say.ts';

export type Command = { readonly id: string; readonly name: string; readonly run: () => void };
export type Commands = {
  readonly actions: readonly Command[];
  readonly pages: readonly Command[];
  readonly projects: readonly Command[];
};

/** `projectKey`: the project that is on the screen, if any. */
export function useCommands(projectKey: string | undefined): Commands {
  const say = useSay();
  const navigate = useNavigate();
  const { may } = useMe();
  const projects = useProjects();
  const { open } = useWorkbench();
  const go = (name: string, path: string): Command => ({ id: path, name, run: () => void navigate(path) });
  const act = (id: string, name: string, run: () => void): Command => ({ id, name, run });
  return {
    actions: [
      act('new-to-do', say('New to-do'), () => open('to-do')),
      ...(may.createProject ? [act('new-project', say('New project'), () => open('project'))] : []),
      act('shortcuts', say('Keyboard shortcuts'), () => open('shortcuts')),
      act('theme-light', say('Light theme'), () => chooseTheme('light')),
      act('theme-dark', say('Dark theme'), () => chooseTheme('dark')),
      act('theme-auto', say('Theme as on this device'), () => chooseTheme('auto')),
    ],
    pages: [
      ...(projectKey === undefined
        ? []
        : [
            go(say('Overview of this project'), places.overviewPath(projectKey)),
            go(say('Board of this project'), places.boardPath(projectKey)),
            go(say('Table of this project'), places.tablePath(projectKey)),
            go(say('List of this project'), places.listPath(projectKey)),
            go(say('Timeline of this project'), places.timelinePath(projectKey)),
            go(say('Milestones of this project'), places.milestonesPath(projectKey)),
            go(say('Sprints of this project'), places.sprintsPath(projectKey)),
            go(say('Goals of this project'), places.goalsPath(projectKey)),
            go(say('People of this project'), places.accessPath(projectKey)),
          ]),
      go(say('Home'), places.homePath),
      go(say('Milestones of all projects'), places.allMilestonesPath),
      go(say('Notifications'), places.notificationsPath),
      ...(may.managePeople ? [go(say('People'), places.peoplePath)] : []),
      ...(may.manageClients ? [go(say('Companies'), places.clientsPath)] : []),
      go(say('Your profile'), places.profilePath),
      go(say('Access tokens'), places.tokensPath),
    ],
    projects: projects
      .filter(({ state }) => state === 'open')
      .toSorted((a, b) => Number(b.isFavourite) - Number(a.isFavourite))
      .map(({ key, name }) => go(name, places.boardPath(key))),
  };
}
