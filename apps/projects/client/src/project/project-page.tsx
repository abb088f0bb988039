/** What the views of a project's to-dos share: board, list and table. */
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import type { BoardAnswer } from '../../../wire/to-do.ts';
import type { useBoard } from '../api/use-board.ts';
import { useSavedViews } from '../views/use-saved-views.ts';
import { ProjectFrame } from './project-frame.tsx';

type View = (props: { project: Project; board: BoardAnswer }) => ReactNode;

type PageProps = { readonly name: string; readonly View: View; readonly board: ReturnType<typeof useBoard> };

export function ProjectPage({ name, View, board }: PageProps) {
  const { key = '' } = useParams();
  // What the page begins with is one of them; asked for at the same time, so that nothing is shown and then taken away.
  const views = useSavedViews(key);
  const reading = { data: views.isPending ? undefined : board.data, error: board.error };
  return (
    <ProjectFrame name={name} reading={reading}>
      {(project) => board.data && <View key={key} project={project} board={board.data} />}
    </ProjectFrame>
  );
}
