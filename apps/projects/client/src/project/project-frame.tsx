/** What every page of a project shares: the project is found or said to be missing, its head, and room for the view. */

import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import { sayProblem } from '../api/client.ts';
import { useProject } from '../api/queries.ts';
import { MissingPage } from '../shell/missing-page.tsx';
import { useTitle } from '../shell/title.ts';
import { languageOfPage } from '../words/say.ts';
import { ProjectHead } from './project-head.tsx';

type FrameProps = {
  /** The view, as the title of the page names it. */
  readonly name: string;
  /** What the view reads, as far as it has come: an error is told, and while there is neither, the page is busy. */
  readonly reading: { readonly data: unknown; readonly error: Error | null };
  readonly children: (project: Project) => ReactNode;
};

export function ProjectFrame({ name, reading, children }: FrameProps) {
  const { key = '' } = useParams();
  const project = useProject(key);
  // German keeps the capital of a noun within a sentence.
  const view = languageOfPage() === 'de' ? name : name.toLowerCase();
  useTitle(project.data ? `${project.data.name}, ${view}` : key);
  const error = project.error ?? reading.error;
  if (error && 'status' in error && error.status === 404) return <MissingPage />;
  return (
    <main className="project" id="content" aria-busy={reading.data === undefined}>
      {project.data && <ProjectHead project={project.data} />}
      {error && (
        <p className="form-problem page" role="alert">
          {sayProblem(error)}
        </p>
      )}
      {project.data && reading.data !== undefined && children(project.data)}
    </main>
  );
}
