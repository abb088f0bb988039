/** A project: its name, its two views, and what can be done to the whole of it. */
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { NavLink, useParams } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import { sayProblem } from '../api/client.ts';
import { useBoard, useProject } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { MissingPage } from '../shell/missing-page.tsx';
import { boardPath, listPath } from '../shell/places.ts';
import { useTitle } from '../shell/title.ts';
import { useWorkbench } from '../shell/workbench.tsx';
import { Board } from './board.tsx';
import { List } from './list.tsx';
import { SettingsDialog } from './settings-dialog.tsx';

type View = (props: { project: Project; board: BoardAnswer }) => ReactNode;

export function BoardPage() {
  return <ProjectPage name="Board" View={Board} />;
}

export function ListPage() {
  return <ProjectPage name="List" View={List} />;
}

function ProjectPage({ name, View }: { name: string; View: View }) {
  const { key = '' } = useParams();
  const project = useProject(key);
  const board = useBoard(key);
  useTitle(project.data ? `${project.data.name}, ${name.toLowerCase()}` : key);
  const error = project.error ?? board.error;
  if (error && 'status' in error && error.status === 404) return <MissingPage />;
  return (
    <main className="project" id="content" aria-busy={!board.data}>
      {project.data && <ProjectHead project={project.data} />}
      {error && (
        <p className="form-problem page" role="alert">
          {sayProblem(error)}
        </p>
      )}
      {project.data && board.data && <View key={key} project={project.data} board={board.data} />}
    </main>
  );
}

function ProjectHead({ project }: { project: Project }) {
  const { open } = useWorkbench();
  const [settings, setSettings] = useState(false);
  return (
    <header className="project-head">
      <h1>{project.name}</h1>
      <nav className="tabs" aria-label="Views">
        <NavLink to={boardPath(project.key)}>Board</NavLink>
        <NavLink to={listPath(project.key)}>List</NavLink>
      </nav>
      {project.state === 'archived' && <span className="tag">Archived</span>}
      <span className="space" />
      <Button className="icon-button" aria-label="Project settings and members" onPress={() => setSettings(true)}>
        <Icon name="settings" />
      </Button>
      {project.may.createToDo && (
        <Button className="button button-primary" onPress={() => open('to-do')}>
          New to-do
        </Button>
      )}
      {settings && <SettingsDialog project={project} onClose={() => setSettings(false)} />}
    </header>
  );
}
