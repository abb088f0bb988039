/** The list of a project, at its address. */
import { useParams } from 'react-router';
import { useBoard } from '../api/use-board.ts';
import { useSay } from '../words/say.ts';
import { List } from './list.tsx';
import { ProjectPage } from './project-page.tsx';

export function ListPage() {
  const say = useSay();
  const { key = '' } = useParams();
  return <ProjectPage name={say('List')} View={List} board={useBoard(key)} />;
}
