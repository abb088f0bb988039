/** The part of a card's or a row's menu that is about its to-do as a whole. */
import { MenuItem, MenuSection } from 'react-aria-components/Menu';
import { useNavigate } from 'react-router';
import type { ProjectMay } from '../../../wire/project.ts';
import type { Whole } from '../api/to-do-changes.ts';
import { toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import type { useWhole } from './use-whole.ts';

type SectionProps = {
  readonly toDo: Whole;
  readonly acts: ReturnType<typeof useWhole>;
  readonly over: string;
  /** In its project; undefined while that is not known. */
  readonly may: Pick<ProjectMay, 'createToDo' | 'deleteToDo'> | undefined;
};

export function WholeSection({ toDo, acts, over, may }: SectionProps) {
  const say = useSay();
  const navigate = useNavigate();
  return (
    <MenuSection aria-label={say('The whole to-do')}>
      <MenuItem
        className="menu-item"
        onAction={() => void navigate(toDoPath(toDo.projectKey, toDo.number), { state: { over } })}
      >
        {say('Open')}
      </MenuItem>
      <MenuItem className="menu-item" onAction={() => void acts.copyLink()}>
        {say('Copy the link')}
      </MenuItem>
      {may?.createToDo && (
        <MenuItem className="menu-item" onAction={() => void acts.duplicate()}>
          {say('Duplicate')}
        </MenuItem>
      )}
      {may?.deleteToDo && (
        <MenuItem className="menu-item" onAction={() => void acts.throwAway()}>
          {say('Move to the trash')}
        </MenuItem>
      )}
    </MenuSection>
  );
}
