/** The menu of a row: what can be done to its to-do as a whole. */
import { useProjects } from '../api/queries.ts';
import type { Whole } from '../api/to-do-changes.ts';
import { Icon } from '../kit/icon.tsx';
import { MenuPopover } from '../kit/menu-popover.tsx';
import { type Opened, Opener } from '../kit/opener.tsx';
import { useOver } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { useWhole } from './use-whole.ts';
import { WholeSection } from './whole-section.tsx';

export function RowMenu({ toDo }: { toDo: Whole }) {
  const say = useSay();
  return (
    <Opener
      className="icon-button row-more"
      aria-label={say('More for {toDo}', { toDo: `${toDo.projectKey}-${toDo.number}` })}
      popup={(opened) => <RowActs opened={opened} toDo={toDo} />}
    >
      <Icon name="more" />
    </Opener>
  );
}

function RowActs({ opened, toDo }: { opened: Opened; toDo: Whole }) {
  const over = useOver();
  const acts = useWhole(toDo, over, opened.triggerRef);
  const { projectKey, number } = toDo;
  const may = useProjects().find(({ key }) => key === projectKey)?.may;
  return (
    <>
      <MenuPopover opened={opened} placement="bottom end" aria-label={`${projectKey}-${number}`}>
        <WholeSection toDo={toDo} acts={acts} over={over} may={may} />
      </MenuPopover>
      {acts.byHand}
    </>
  );
}
