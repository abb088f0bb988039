/**
 * Which screen stands at which address. A to-do has an address of its own and is a dialog over the page it was opened
 * from, or over its project's board when it was opened by its address.
 */
import { Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { HomePage } from './home/home-page.tsx';
import { ErrorCatcher } from './kit/error-catcher.tsx';
import { Toasts } from './kit/toast.tsx';
import { BoardPage, ListPage } from './project/project-page.tsx';
import { MissingPage } from './shell/missing-page.tsx';
import { backgroundOf, parseToDoPath } from './shell/places.ts';
import { Shell } from './shell/shell.tsx';
import { ToDoDialog } from './to-do/to-do-dialog.tsx';

export function App() {
  const location = useLocation();
  const toDo = parseToDoPath(location.pathname);
  const background = backgroundOf(location);
  return (
    <ErrorCatcher>
      <Suspense fallback={<p className="loading">Loading…</p>}>
        <Shell>
          <Routes location={background}>
            <Route path="/dashboard/home" element={<HomePage />} />
            <Route path="/p/:key/board" element={<BoardPage />} />
            <Route path="/p/:key/list" element={<ListPage />} />
            <Route path="*" element={<MissingPage />} />
          </Routes>
          {toDo && <ToDoDialog key={`${toDo.key}-${toDo.number}`} projectKey={toDo.key} number={toDo.number} />}
        </Shell>
      </Suspense>
      <Toasts />
    </ErrorCatcher>
  );
}
