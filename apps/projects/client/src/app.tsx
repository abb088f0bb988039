/**
 * Which screen stands at which address. A to-do has an address of its own and is a dialog over the page it was opened
 * from, or over its project's board when it was opened by its address.
 */
import { Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { HomePage } from './home/home-page.tsx';
import { ErrorCatcher } from './kit/error-catcher.tsx';
import { lazy, lazyAhead } from './kit/lazy.ts';
import { Toasts } from './kit/toast.tsx';
import { MissingPage } from './shell/missing-page.tsx';
import {
  appearancePath,
  backgroundOf,
  notificationSettingsPath,
  notificationsPath,
  parseFocusPath,
  parseToDoPath,
  projectTrashPath,
  tokensPath,
} from './shell/places.ts';
import { Shell } from './shell/shell.tsx';
import { useSay } from './words/say.ts';

// What home does not show at first comes when it is asked for.
const DayPage = lazy(async () => ({ default: (await import('./day/day-page.tsx')).DayPage }));
const FocusPage = lazy(async () => ({ default: (await import('./focus/focus-page.tsx')).FocusPage }));
const AppearancePage = lazy(async () => ({
  default: (await import('./appearance/appearance-page.tsx')).AppearancePage,
}));
const OverviewPage = lazy(async () => ({ default: (await import('./overview/overview-page.tsx')).OverviewPage }));
const BoardPage = lazy(async () => ({ default: (await import('./project/board-page.tsx')).BoardPage }));
const ListPage = lazy(async () => ({ default: (await import('./project/list-page.tsx')).ListPage }));
const MilestonesPage = lazy(async () => ({
  default: (await import('./milestones/milestones-page.tsx')).MilestonesPage,
}));
const TimelinePage = lazy(async () => ({ default: (await import('./timeline/timeline-page.tsx')).TimelinePage }));
const AccessPage = lazy(async () => ({ default: (await import('./access/access-page.tsx')).AccessPage }));
const ProjectSettingsPage = lazy(async () => ({
  default: (await import('./settings/project-settings-page.tsx')).ProjectSettingsPage,
}));
const ImportPage = lazy(async () => ({ default: (await import('./transfer/import-page.tsx')).ImportPage }));
const ImportProjectPage = lazy(async () => ({
  default: (await import('./transfer/import-project-page.tsx')).ImportProjectPage,
}));
const ProjectTrashPage = lazy(async () => ({
  default: (await import('./project/project-trash-page.tsx')).ProjectTrashPage,
}));
const WebhooksPage = lazy(async () => ({ default: (await import('./webhooks/webhooks-page.tsx')).WebhooksPage }));
const SearchPage = lazy(async () => ({ default: (await import('./palette/search-page.tsx')).SearchPage }));
const PeoplePage = lazy(async () => ({ default: (await import('./people/people-page.tsx')).PeoplePage }));
const ClientsPage = lazy(async () => ({ default: (await import('./clients/clients-page.tsx')).ClientsPage }));
const ProfilePage = lazy(async () => ({ default: (await import('./people/profile-page.tsx')).ProfilePage }));
const SprintsPage = lazy(async () => ({ default: (await import('./sprints/sprints-page.tsx')).SprintsPage }));
const GoalsPage = lazy(async () => ({ default: (await import('./goals/goals-page.tsx')).GoalsPage }));
const AllMilestonesPage = lazy(async () => ({
  default: (await import('./milestones/all-milestones-page.tsx')).AllMilestonesPage,
}));
const NotificationsPage = lazy(async () => ({
  default: (await import('./notifications/notifications-page.tsx')).NotificationsPage,
}));
const TokensPage = lazy(async () => ({ default: (await import('./tokens/tokens-page.tsx')).TokensPage }));
const NotificationSettingsPage = lazy(async () => ({
  default: (await import('./notifications/notification-settings-page.tsx')).NotificationSettingsPage,
}));
const TablePage = lazy(async () => ({ default: (await import('./project/table-page.tsx')).TablePage }));
const FilesPage = lazy(async () => ({ default: (await import('./project/files-page.tsx')).FilesPage }));
const TrashPage = lazy(async () => ({ default: (await import('./project/trash-page.tsx')).TrashPage }));
const ToDoDialog = lazyAhead(async () => ({ default: (await import('./to-do/to-do-dialog.tsx')).ToDoDialog }));

export function App() {
  const say = useSay();
  const location = useLocation();
  const toDo = parseToDoPath(location.pathname);
  const background = `${backgroundOf(location)}${toDo ? '' : location.hash}`;
  const focus = parseFocusPath(location.pathname);
  if (focus)
    return (
      <ErrorCatcher>
        <Suspense fallback={<main className="focus" id="content" aria-busy="true" />}>
          <FocusPage projectKey={focus.key} number={focus.number} />
        </Suspense>
        <Toasts />
      </ErrorCatcher>
    );
  return (
    <ErrorCatcher>
      <Suspense fallback={<p className="loading">{say('Loading…')}</p>}>
        <Shell>
          <Suspense fallback={<main className="project" id="content" aria-busy="true" />}>
            <Routes location={background}>
              <Route path="/dashboard/home" element={<HomePage />} />
              <Route path="/day/:day?" element={<DayPage />} />
              <Route path="/p/:key" element={<OverviewPage />} />
              <Route path="/p/:key/board" element={<BoardPage />} />
              <Route path="/p/:key/list" element={<ListPage />} />
              <Route path="/p/:key/milestones" element={<MilestonesPage />} />
              <Route path="/p/:key/sprints" element={<SprintsPage />} />
              <Route path="/p/:key/goals" element={<GoalsPage />} />
              <Route path="/milestones" element={<AllMilestonesPage />} />
              <Route path="/p/:key/timeline" element={<TimelinePage />} />
              <Route path="/p/:key/people" element={<AccessPage />} />
              <Route path="/p/:key/settings" element={<ProjectSettingsPage />} />
              <Route path="/projects/import" element={<ImportProjectPage />} />
              <Route path={projectTrashPath} element={<ProjectTrashPage />} />
              <Route path="/p/:key/import" element={<ImportPage />} />
              <Route path="/p/:key/settings/webhooks" element={<WebhooksPage />} />
              <Route path="/search" element={<SearchPage />} />
              <Route path="/people" element={<PeoplePage />} />
              <Route path="/clients" element={<ClientsPage />} />
              <Route path="/settings/profile" element={<ProfilePage />} />
              <Route path={notificationsPath} element={<NotificationsPage />} />
              <Route path={appearancePath} element={<AppearancePage />} />
              <Route path={tokensPath} element={<TokensPage />} />
              <Route path={notificationSettingsPath} element={<NotificationSettingsPage />} />
              <Route path="/p/:key/table" element={<TablePage />} />
              <Route path="/p/:key/files" element={<FilesPage />} />
              <Route path="/p/:key/trash" element={<TrashPage />} />
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
