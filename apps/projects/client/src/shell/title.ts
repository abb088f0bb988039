/** The title of the page in the browser: the screen first, then the site. */
import { useEffect } from 'react';
import { useMe } from '../api/queries.ts';

export function useTitle(screen: string): void {
  const { site } = useMe();
  useEffect(() => {
    document.title = `${screen} · ${site.name}`;
  }, [screen, site.name]);
}
