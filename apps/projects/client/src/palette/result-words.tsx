/** One thing that was found: its title, where it is, and the words around what was looked for. */
import type { SearchResult } from '../../../wire/search.ts';
import { useSay } from '../words/say.ts';

export function ResultWords({ result }: { result: SearchResult }) {
  const say = useSay();
  const kinds = { project: say('Project'), milestone: say('Milestone'), goal: say('Goal') };
  const what = result.kind === 'toDo' ? `${result.projectKey}-${result.number}` : kinds[result.kind];
  return (
    <span className="found">
      <span className="found-title">{result.title}</span>
      <span className="found-place">
        <span>{what}</span>
        <span>{result.projectName}</span>
        {result.kind === 'toDo' && result.isDone && <span>{say('Done')}</span>}
        {result.kind === 'toDo' && result.inComment && <span>{say('In a comment')}</span>}
      </span>
      {result.excerpt !== null && <span className="found-excerpt">{result.excerpt}</span>}
    </span>
  );
}
