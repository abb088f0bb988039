/** The board of a project, at its address. */
import { useParams } from 'react-router';
import { useBoardWithUnsent } from '../api/use-board.ts';
import { useSay } from '../words/say.ts';
import { Board } from './board.tsx';
import { ProjectPage } from './project-page.tsx';

export function BoardPage() {
  const say = useSay();
  const { key = '' } = useParams();
  return <ProjectPage name={say('Board')} View={Board} board={useBoardWithUnsent(key)} />;
}
