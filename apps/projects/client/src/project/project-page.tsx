/** The views of a project's to-dos that share what they read: board, list and table. */
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import { useBoard } from '../api/queries.ts';
import { useSay } from '../words/say.ts';
import { Board } from './board.tsx';
import { List } from './list.tsx';
import { ProjectFrame } from './project-frame.tsx';
import { Table } from './table.tsx';

type View = (props: { project: Project; board: BoardAnswer }) => ReactNode;

export function BoardPage() {
  const say = useSay();
  return <ProjectPage name={say('Board')} View={Board} />;
}

export function ListPage() {
  const say = useSay();
  return <ProjectPage name={say('List')} View={List} />;
}

export function TablePage() {
  const say = useSay();
  return <ProjectPage name={say('Table')} View={Table} />;
}

function ProjectPage({ name, View }: { name: string; View: View }) {
  const { key = '' } = useParams();
  const board = useBoard(key);
  return (
    <ProjectFrame name={name} reading={board}>
      {(project) => board.data && <View key={key} project={project} board={board.data} />}
    </ProjectFrame>
  );
}
