/** The dialogs that can be opened from anywhere: a new to-do, a new project, the palette, the shortcuts, the question before a sign-out. One is open at a time. */
import { createContext, type ReactNode, Suspense, startTransition, use, useCallback, useMemo, useState } from 'react';
import { useLocation } from 'react-router';
import { lazy, lazyAhead } from '../kit/lazy.ts';
import { projectKeyOf } from './places.ts';

const NewProjectDialog = lazy(async () => ({
  default: (await import('../project/new-project-dialog.tsx')).NewProjectDialog,
}));
const NewToDoDialog = lazyAhead(async () => ({
  default: (await import('../to-do/new-to-do-dialog.tsx')).NewToDoDialog,
}));
const Palette = lazy(async () => ({ default: (await import('../palette/palette.tsx')).Palette }));
const ShortcutsDialog = lazy(async () => ({ default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog }));
const SignOutDialog = lazy(async () => ({ default: (await import('./sign-out-dialog.tsx')).SignOutDialog }));

type Open =
  | { readonly what: 'to-do'; readonly projectKey?: string }
  | { readonly what: 'project' | 'shortcuts' | 'palette' | 'sign-out' };

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
    // A transition, because React holds a lazy screen back for 300 ms otherwise, and a key pressed then would be lost.
    (what: Open['what']) =>
      startTransition(() => setShown(what === 'to-do' && projectKey ? { what, projectKey } : { what })),
    [projectKey],
  );
  const workbench = useMemo(() => ({ open }), [open]);
  const close = useCallback(() => setShown(undefined), []);
  return (
    <WorkbenchContext value={workbench}>
      {children}
      <Suspense fallback={null}>
        {shown?.what === 'to-do' && <NewToDoDialog projectKey={shown.projectKey} onClose={close} />}
        {shown?.what === 'project' && <NewProjectDialog onClose={close} />}
        {shown?.what === 'palette' && <Palette onClose={close} />}
        {shown?.what === 'shortcuts' && <ShortcutsDialog onClose={close} />}
        {shown?.what === 'sign-out' && <SignOutDialog onClose={close} />}
      </Suspense>
    </WorkbenchContext>
  );
}
