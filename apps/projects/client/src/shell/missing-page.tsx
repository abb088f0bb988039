/** What stands at an address where nothing is. */
import { Link } from 'react-router';
import { homePath } from './places.ts';
import { useTitle } from './title.ts';

export function MissingPage() {
  useTitle('Not found');
  return (
    <main className="page empty" id="content">
      <h1>There is nothing at this address</h1>
      <p>It may have been moved or deleted, or you may not see it.</p>
      <Link className="button button-primary" to={homePath}>
        Go to Home
      </Link>
    </main>
  );
}
