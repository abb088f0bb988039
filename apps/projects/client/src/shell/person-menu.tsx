/** Oneself, at the foot of the page: a button. The menu behind it comes with the first press. */
import { Suspense, useState } from 'react';
import { useMe } from '../api/queries.ts';
import { Avatar } from '../kit/avatar.tsx';
import { lazy } from '../kit/lazy.ts';
import { useSay } from '../words/say.ts';

const OpenPersonMenu = lazy(async () => ({ default: (await import('./person-menu-open.tsx')).OpenPersonMenu }));

export function PersonMenu() {
  const [isWanted, setWanted] = useState(false);
  const button = (
    <button type="button" className="person-button" aria-haspopup="true" onClick={() => setWanted(true)}>
      <PersonFace />
    </button>
  );
  return isWanted ? (
    <Suspense fallback={button}>
      <OpenPersonMenu />
    </Suspense>
  ) : (
    button
  );
}

export function PersonFace() {
  const say = useSay();
  const { person } = useMe();
  return (
    <>
      <Avatar person={person} />
      <span className="person-words">
        <span className="person-name">{person.name}</span>
        <span className="person-role">{say.marked(person.roleName)}</span>
      </span>
    </>
  );
}
