/** What stands at an address where nothing is. */

import { Link } from 'react-router';
import { useSay } from '../words/say.ts';
import { homePath } from './places.ts';
import { useTitle } from './title.ts';

export function MissingPage() {
  const say = useSay();
  useTitle(say('Not found'));
  return (
    <main className="page empty" id="content">
      <h1>{say('There is nothing at this address')}</h1>
      <p>{say('It may have been moved or deleted, or you may not see it.')}</p>
      <Link className="button button-primary" to={homePath}>
        {say('Go to Home')}
      </Link>
    </main>
  );
}
