/** The table of a project, at its address. */
import { useParams } from 'react-router';
import { useBoard } from '../api/use-board.ts';
import { useSay } from '../words/say.ts';
import { ProjectPage } from './project-page.tsx';
import { Table } from './table.tsx';

export function TablePage() {
  const say = useSay();
  const { key = '' } = useParams();
  return <ProjectPage name={say('Table')} View={Table} board={useBoard(key)} />;
}
