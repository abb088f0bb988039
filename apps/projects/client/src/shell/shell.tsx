/** The frame around every screen: on the left where one can go, on the right the screen. Narrow, the left is a drawer. */
import { type ReactNode, Suspense, startTransition, useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useLocation, useNavigate } from 'react-router';
import { useMe } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { lazy } from '../kit/lazy.ts';
import { undoLast } from '../kit/toast.tsx';
import { Live } from '../live/live.tsx';
import { Bell } from '../notifications/bell.tsx';
import { useCompleteHere } from '../to-do/complete.ts';
import { LeftConflicts } from '../to-do/left-conflicts.tsx';
import { useSay } from '../words/say.ts';
import {
  backgroundOf,
  boardPath,
  dayPath,
  goalsPath,
  homePath,
  listPath,
  milestonesPath,
  notificationsPath,
  overviewPath,
  projectKeyOf,
  sprintsPath,
  tablePath,
  timelinePath,
} from './places.ts';
import { focusSearch, goBy, selectHere } from './roam.ts';
import { shortcutsOf } from './shortcut-table.ts';
import { useShortcuts } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';
import { useWorkbench, WorkbenchProvider } from './workbench.tsx';

const Drawer = lazy(async () => ({ default: (await import('./drawer.tsx')).Drawer }));

export function Shell({ children }: { children: ReactNode }) {
  return (
    <WorkbenchProvider>
      <Frame>{children}</Frame>
    </WorkbenchProvider>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const say = useSay();
  const { site } = useMe();
  const { open } = useWorkbench();
  const here = backgroundOf(useLocation());
  const [drawer, setDrawer] = useState(false);
  useWorkspaceShortcuts();
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {say('Skip to content')}
      </a>
      <header className="side">
        <Sidebar onGo={() => undefined} />
      </header>
      <header className="topbar">
        <Button
          className="icon-button"
          aria-label={say('Open the menu')}
          onPress={() => startTransition(() => setDrawer(true))}
        >
          <Icon name="menu" />
        </Button>
        <span className="topbar-name">{site.name}</span>
        <Button className="icon-button" aria-label={say('Find')} onPress={() => open('palette')}>
          <Icon name="search" />
        </Button>
        <Bell className="icon-button" isHere={here === notificationsPath} onGo={() => undefined} />
      </header>
      <Suspense fallback={null}>{drawer && <Drawer onClose={() => setDrawer(false)} />}</Suspense>
      <div className="screen">{children}</div>
      <Live />
      <LeftConflicts />
    </div>
  );
}

function useWorkspaceShortcuts(): void {
  const navigate = useNavigate();
  const { open } = useWorkbench();
  const { pathname } = useLocation();
  const key = projectKeyOf(pathname);
  const completeHere = useCompleteHere(key);
  const shortcuts = useMemo(() => {
    const go = (path: string) => () => void navigate(path);
    const everywhere = shortcutsOf('everywhere', {
      newToDo: () => open('to-do'),
      palette: () => open('palette'),
      shortcuts: () => open('shortcuts'),
      home: go(homePath),
      day: go(dayPath()),
      undo: undoLast,
    });
    const onToDos = shortcutsOf('toDos', {
      next: () => goBy(1),
      previous: () => goBy(-1),
      done: completeHere,
      select: () => selectHere(),
      selectTo: () => selectHere(true),
    });
    if (!key) return [...everywhere, ...onToDos];
    const inProject = shortcutsOf('project', {
      board: go(boardPath(key)),
      list: go(listPath(key)),
      table: go(tablePath(key)),
      overview: go(overviewPath(key)),
      timeline: go(timelinePath(key)),
      milestones: go(milestonesPath(key)),
      sprints: go(sprintsPath(key)),
      goals: go(goalsPath(key)),
      find: focusSearch,
    });
    return [...everywhere, ...onToDos, ...inProject];
  }, [navigate, open, key, completeHere]);
  useShortcuts(shortcuts);
}
