/** The dialogs that can be opened from anywhere: a new to-do, a new project, the shortcuts. One is open at a time. */
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import { useLocation } from 'react-router';
import { NewProjectDialog } from '../project/new-project-dialog.tsx';
import { NewToDoDialog } from '../to-do/new-to-do-dialog.tsx';
import { projectKeyOf } from './places.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

type Open = { readonly what: 'to-do'; readonly projectKey?: string } | { readonly what: 'project' | 'shortcuts' };

type Workbench = { open(what: Open['what']): void };

const WorkbenchContext = createContext<Workbench>({ open: () => undefined });

export function useWorkbench(): Workbench {
  return use(WorkbenchContext);
}

export function WorkbenchProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Open>();
  const { pathname } = useLocation();
  const projectKey = projectKeyOf(pathname);
  const open = useCallback(
    (what: Open['what']) => setShown(what === 'to-do' && projectKey ? { what, projectKey } : { what }),
    [projectKey],
  );
  const workbench = useMemo(() => ({ open }), [open]);
  const close = useCallback(() => setShown(undefined), []);
  return (
    <WorkbenchContext value={workbench}>
      {children}
      {shown?.what === 'to-do' && <NewToDoDialog projectKey={shown.projectKey} onClose={close} />}
      {shown?.what === 'project' && <NewProjectDialog onClose={close} />}
      {shown?.what === 'shortcuts' && <ShortcutsDialog onClose={close} />}
    </WorkbenchContext>
  );
}
