/** Keeps a project at hand: favourites stand first in the list of projects. */
import { ToggleButton } from 'react-aria-components/ToggleButton';
import type { Project } from '../../../wire/project.ts';
import { useSay } from '../words/say.ts';
import { useFavourite } from './use-overview.ts';

export function FavouriteButton({ project }: { project: Project }) {
  const say = useSay();
  const favourite = useFavourite(project);
  return (
    <ToggleButton
      className="icon-button favourite"
      aria-label={say('Favourite')}
      isSelected={project.isFavourite}
      onChange={(isFavourite) => favourite.mutate(isFavourite)}
    >
      <svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
        <path d="m9 2.2 2.1 4.3 4.7.7-3.4 3.3.8 4.7L9 13l-4.2 2.2.8-4.7L2.2 7.2l4.7-.7z" />
      </svg>
    </ToggleButton>
  );
}
