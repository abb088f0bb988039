/** The frame around every screen: on the left where one can go, on the right the screen. Narrow, the left is a drawer. */
import { lazy, type ReactNode, Suspense, startTransition, useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useLocation, useNavigate } from 'react-router';
import { useMe } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { Live } from '../live/live.tsx';
import {
  boardPath,
  goalsPath,
  homePath,
  listPath,
  milestonesPath,
  overviewPath,
  projectKeyOf,
  sprintsPath,
  tablePath,
  timelinePath,
} from './places.ts';
import { focusSearch, goBy, selectHere } from './roam.ts';
import { type Shortcut, useShortcuts } from './shortcuts.ts';
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
  const { site } = useMe();
  const [drawer, setDrawer] = useState(false);
  useWorkspaceShortcuts();
  return (
    <div className="frame">
      <a className="skip" href="#content">
        Skip to content
      </a>
      <header className="side">
        <Sidebar onGo={() => undefined} />
      </header>
      <header className="topbar">
        <Button
          className="icon-button"
          aria-label="Open the menu"
          onPress={() => startTransition(() => setDrawer(true))}
        >
          <Icon name="menu" />
        </Button>
        <span className="topbar-name">{site.name}</span>
      </header>
      <Suspense fallback={null}>{drawer && <Drawer onClose={() => setDrawer(false)} />}</Suspense>
      <div className="screen">{children}</div>
      <Live />
    </div>
  );
}

function useWorkspaceShortcuts(): void {
  const navigate = useNavigate();
  const { open } = useWorkbench();
  const { pathname } = useLocation();
  const key = projectKeyOf(pathname);
  const shortcuts = useMemo((): Shortcut[] => {
    const go = (path: string) => () => void navigate(path);
    const inProject: Shortcut[] = key
      ? [
          { keys: ['g', 'b'], does: 'board', run: go(boardPath(key)) },
          { keys: ['g', 'l'], does: 'list', run: go(listPath(key)) },
          { keys: ['g', 'o'], does: 'overview', run: go(overviewPath(key)) },
          { keys: ['g', 'r'], does: 'timeline', run: go(timelinePath(key)) },
          { keys: ['g', 'm'], does: 'milestones', run: go(milestonesPath(key)) },
          { keys: ['g', 's'], does: 'sprints', run: go(sprintsPath(key)) },
          { keys: ['g', 'a'], does: 'goals', run: go(goalsPath(key)) },
          { keys: ['g', 't'], does: 'table', run: go(tablePath(key)) },
          { keys: ['/'], does: 'find', run: focusSearch },
          { keys: ['j'], does: 'next', run: () => goBy(1) },
          { keys: ['k'], does: 'previous', run: () => goBy(-1) },
          { keys: ['x'], does: 'select', run: selectHere },
        ]
      : [];
    return [
      { keys: ['c'], does: 'new to-do', run: () => open('to-do') },
      { keys: ['Mod', 'k'], does: 'palette', run: () => open('palette') },
      { keys: ['?'], does: 'shortcuts', run: () => open('shortcuts') },
      { keys: ['g', 'h'], does: 'home', run: go(homePath) },
      ...inProject,
    ];
  }, [navigate, open, key]);
  useShortcuts(shortcuts);
}
