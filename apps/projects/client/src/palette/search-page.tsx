/** All that words find, at an address of its own. */
import { Link, useLocation, useSearchParams } from 'react-router';
import { searchLength, searchResultsMax } from '../../../wire/search.ts';
import { focusOnce } from '../kit/focus.ts';
import { Problem } from '../kit/problem.tsx';
import { useTitle } from '../shell/title.ts';
import { useSay } from '../words/say.ts';
import { ResultWords } from './result-words.tsx';
import { idOf, pathOf, useSearch } from './use-search.ts';
import '../styles/palette.css';

export function SearchPage() {
  const say = useSay();
  useTitle(say('Search'));
  const [params, setParams] = useSearchParams();
  const { pathname, search: query } = useLocation();
  const typed = params.get('q') ?? '';
  const search = useSearch(typed, searchResultsMax);
  const results = typed.trim() === '' ? [] : (search.data ?? []);
  return (
    <main className="page" id="content">
      <h1>{say('Search')}</h1>
      <search className="search-form">
        <input
          ref={focusOnce}
          className="input"
          type="search"
          aria-label={say('Words, or the key of a to-do')}
          placeholder={say('Words, or the key of a to-do')}
          value={typed}
          maxLength={searchLength}
          onChange={(event) => setParams({ q: event.target.value }, { replace: true })}
        />
      </search>
      <Problem error={search.error} />
      <p className="found-count" role="status">
        {typed.trim() === ''
          ? say('Looks through to-dos, comments, projects, milestones and goals that you may see.')
          : search.data &&
            say('{count, plural, =0 {Nothing was found.} one {# thing found} other {# things found}}', {
              count: results.length,
            })}
      </p>
      <ul className="rows">
        {results.map((result) => (
          <li key={idOf(result)} className="row">
            <Link
              className="row-title"
              to={pathOf(result)}
              state={result.kind === 'toDo' ? { over: `${pathname}${query}` } : undefined}
            >
              <ResultWords result={result} />
            </Link>
          </li>
        ))}
      </ul>
    </main>
  );
}
