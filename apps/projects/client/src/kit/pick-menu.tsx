/** The choices of a pick, open. */
import { MenuItem } from 'react-aria-components/Menu';
import { useSay } from '../words/say.ts';
import { Icon } from './icon.tsx';
import { MenuPopover } from './menu-popover.tsx';
import type { Opened } from './opener.tsx';
import type { Choice, Picking } from './pick.tsx';

export function PickMenu({
  opened,
  label,
  choices,
  note,
  mode,
  selected,
  onSelect,
}: Picking & { readonly opened: Opened }) {
  const say = useSay();
  return (
    <MenuPopover
      opened={opened}
      aria-label={label}
      note={note}
      selectionMode={mode}
      disallowEmptySelection={mode === 'single'}
      selectedKeys={selected}
      onSelectionChange={onSelect}
      renderEmptyState={() => <p className="menu-empty">{say('Nobody else is here yet.')}</p>}
    >
      {choices.map((choice) => (
        <ChoiceItem key={choice.id} choice={choice} isPicked={selected.includes(choice.id)} />
      ))}
    </MenuPopover>
  );
}

type ChoiceItemProps = { readonly choice: Choice<string>; readonly isPicked: boolean };

export function ChoiceItem({ choice: { id, name, sign }, isPicked }: ChoiceItemProps) {
  return (
    <MenuItem id={id} className="menu-item" textValue={name}>
      <span className="menu-words">
        {sign}
        {name}
      </span>
      {isPicked && <Icon name="check" />}
    </MenuItem>
  );
}
