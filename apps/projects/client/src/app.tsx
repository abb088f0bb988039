/**
 * Which screen stands at which address. A to-do has an address of its own and is a dialog over the page it was opened
 * from, or over its project's board when it was opened by its address.
 */
import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation, useParams } from 'react-router';
import { HomePage } from './home/home-page.tsx';
import { ErrorCatcher } from './kit/error-catcher.tsx';
import { Toasts } from './kit/toast.tsx';
import { MissingPage } from './shell/missing-page.tsx';
import { backgroundOf, boardPath, parseToDoPath } from './shell/places.ts';
import { Shell } from './shell/shell.tsx';

// What home does not show at first comes when it is asked for.
const BoardPage = lazy(async () => ({ default: (await import('./project/project-page.tsx')).BoardPage }));
const ListPage = lazy(async () => ({ default: (await import('./project/project-page.tsx')).ListPage }));
const MilestonesPage = lazy(async () => ({
  default: (await import('./milestones/milestones-page.tsx')).MilestonesPage,
}));
const TimelinePage = lazy(async () => ({ default: (await import('./timeline/timeline-page.tsx')).TimelinePage }));
const AccessPage = lazy(async () => ({ default: (await import('./access/access-page.tsx')).AccessPage }));
const ProjectSettingsPage = lazy(async () => ({
  default: (await import('./settings/project-settings-page.tsx')).ProjectSettingsPage,
}));
const PeoplePage = lazy(async () => ({ default: (await import('./people/people-page.tsx')).PeoplePage }));
const ClientsPage = lazy(async () => ({ default: (await import('./clients/clients-page.tsx')).ClientsPage }));
const ProfilePage = lazy(async () => ({ default: (await import('./people/profile-page.tsx')).ProfilePage }));
const ToDoDialog = lazy(async () => ({ default: (await import('./to-do/to-do-dialog.tsx')).ToDoDialog }));

export function App() {
  const location = useLocation();
  const toDo = parseToDoPath(location.pathname);
  const background = backgroundOf(location);
  return (
    <ErrorCatcher>
      <Suspense fallback={<p className="loading">Loading…</p>}>
        <Shell>
          <Suspense fallback={<main className="project" id="content" aria-busy="true" />}>
            <Routes location={background}>
              <Route path="/dashboard/home" element={<HomePage />} />
              <Route path="/p/:key" element={<ToBoard />} />
              <Route path="/p/:key/board" element={<BoardPage />} />
              <Route path="/p/:key/list" element={<ListPage />} />
              <Route path="/p/:key/milestones" element={<MilestonesPage />} />
              <Route path="/p/:key/timeline" element={<TimelinePage />} />
              <Route path="/p/:key/people" element={<AccessPage />} />
              <Route path="/p/:key/settings" element={<ProjectSettingsPage />} />
              <Route path="/people" element={<PeoplePage />} />
              <Route path="/clients" element={<ClientsPage />} />
              <Route path="/settings/profile" element={<ProfilePage />} />
              <Route path="*" element={<MissingPage />} />
            </Routes>
          </Suspense>
          <Suspense fallback={null}>
            {toDo && <ToDoDialog key={`${toDo.key}-${toDo.number}`} projectKey={toDo.key} number={toDo.number} />}
          </Suspense>
        </Shell>
      </Suspense>
      <Toasts />
    </ErrorCatcher>
  );
}

/** The address of a project alone is its board. */
function ToBoard() {
  const { key = '' } = useParams();
  return <Navigate to={boardPath(key)} replace />;
}
