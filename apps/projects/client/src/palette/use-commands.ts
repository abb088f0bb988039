/** What the palette offers before anything is asked of the server: places, projects, and things to do. */
import { useNavigate } from 'react-router';
import { useMe, useProjects, useTrashedCount } from '../api/queries.ts';
import { useEditPreferences } from '../appearance/use-preferences.ts';
import * as places from '../shell/places.ts';
import { useSignOut } from '../shell/sign-out.ts';
import { useWorkbench } from '../shell/workbench.tsx';
import { useSay } from '../words/say.ts';

export type Command = { readonly id: string; readonly name: string; readonly run: () => void };
export type Commands = {
  readonly actions: readonly Command[];
  readonly pages: readonly Command[];
  readonly projects: readonly Command[];
  /** Below the list, where no Enter that was meant for something else runs it. */
  readonly wayOut: Command;
};

/** `projectKey`: the project that is on the screen, if any. */
export function useCommands(projectKey: string | undefined): Commands {
  const say = useSay();
  const navigate = useNavigate();
  const { may } = useMe();
  const projects = useProjects();
  const trashed = useTrashedCount();
  const { open } = useWorkbench();
  const signOut = useSignOut();
  const edit = useEditPreferences();
  const go = (name: string, path: string): Command => ({ id: path, name, run: () => void navigate(path) });
  const act = (id: string, name: string, run: () => void): Command => ({ id, name, run });
  return {
    actions: [
      act('new-to-do', say('New to-do'), () => open('to-do')),
      ...(may.createProject ? [act('new-project', say('New project'), () => open('project'))] : []),
      act('shortcuts', say('Keyboard shortcuts'), () => open('shortcuts')),
      act('theme-light', say('Light theme'), () => edit.mutate({ theme: 'light' })),
      act('theme-dark', say('Dark theme'), () => edit.mutate({ theme: 'dark' })),
      act('theme-auto', say('Theme as on this device'), () => edit.mutate({ theme: 'auto' })),
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
            go(say('Files of this project'), places.filesPath(projectKey)),
            go(say('Trash of this project'), places.trashPath(projectKey)),
            go(say('Settings of this project'), places.projectSettingsPath(projectKey)),
          ]),
      go(say('Home'), places.homePath),
      go(say('Day'), places.dayPath()),
      go(say('Language and appearance'), places.appearancePath),
      go(say('Milestones of all projects'), places.allMilestonesPath),
      go(say('Notifications'), places.notificationsPath),
      ...(may.managePeople ? [go(say('People'), places.peoplePath)] : []),
      ...(may.manageClients ? [go(say('Companies'), places.clientsPath)] : []),
      ...(trashed > 0 ? [go(say('Projects in the trash'), places.projectTrashPath)] : []),
      go(say('Your profile'), places.profilePath),
      go(say('Notification settings'), places.notificationSettingsPath),
      go(say('Tokens and calendar'), places.tokensPath),
    ],
    projects: projects
      .filter(({ state }) => state === 'open')
      .toSorted((a, b) => Number(b.isFavourite) - Number(a.isFavourite))
      .map(({ key, name }) => go(name, places.boardPath(key))),
    wayOut: act('sign-out', say('Sign out'), signOut),
  };
}
