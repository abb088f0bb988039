/** Who tried the page of local owners, and from where. For owners; nothing while nobody ever did. */

import { useLocalSignIns } from '../api/people.ts';
import { useToday } from '../kit/clock.ts';
import { sayInstant } from '../kit/day-words.ts';
import { useSay } from '../words/say.ts';

export function LocalSignIns() {
  const say = useSay();
  const today = useToday();
  const tries = useLocalSignIns().data ?? [];
  if (tries.length === 0) return null;
  return (
    <section aria-labelledby="local-heading">
      <h2 id="local-heading" className="page-title">
        {say('Emergency sign-ins')}
      </h2>
      <p className="lead">{say('Each try at the page for local owners, the latest first.')}</p>
      <ul className="people">
        {tries.map(({ name, signedIn, address, at }) => (
          <li key={`${at} ${name} ${address}`} className="person">
            <div className="person-facts">
              <p>
                <b>{name || say('no name')}</b>{' '}
                <span className="tag">{signedIn ? say('Signed in') : say('Refused')}</span>
              </p>
              <p className="fact-note">{say('{time}, from {address}', { time: sayInstant(at, today), address })}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
