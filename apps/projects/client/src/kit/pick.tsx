/** A value that is picked from a short list: a button that shows it, and a menu with the choices. */
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { Icon } from './icon.tsx';

export type Choice<Id extends string> = { readonly id: Id; readonly name: string; readonly sign?: ReactNode };

type PickProps<Id extends string> = {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly isDisabled?: boolean;
  /** What the button shows. */
  readonly children: ReactNode;
};

export function Pick<Id extends string>(
  props: PickProps<Id> & { readonly value: Id; readonly onPick: (id: Id) => void },
) {
  const { value, onPick, choices } = props;
  const pickFrom = (keys: 'all' | Set<unknown>): void => {
    const picked = choices.find(({ id }) => keys !== 'all' && keys.has(id));
    if (picked && picked.id !== value) onPick(picked.id);
  };
  return <PickMenu {...props} mode="single" selected={[value]} onSelect={pickFrom} />;
}

export function PickSeveral<Id extends string>(
  props: PickProps<Id> & { readonly values: readonly Id[]; readonly onPick: (ids: Id[]) => void },
) {
  const { values, onPick, choices } = props;
  const pickFrom = (keys: 'all' | Set<unknown>): void =>
    onPick(choices.map(({ id }) => id).filter((id) => keys === 'all' || keys.has(id)));
  return <PickMenu {...props} mode="multiple" selected={values} onSelect={pickFrom} />;
}

function PickMenu<Id extends string>({
  label,
  choices,
  isDisabled = false,
  children,
  mode,
  selected,
  onSelect,
}: PickProps<Id> & {
  mode: 'single' | 'multiple';
  selected: readonly Id[];
  onSelect: (keys: 'all' | Set<unknown>) => void;
}) {
  return (
    <MenuTrigger>
      <Button className="pick" isDisabled={isDisabled}>
        <span className="visually-hidden">{label}: </span>
        {children}
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu
          className="menu"
          aria-label={label}
          selectionMode={mode}
          disallowEmptySelection={mode === 'single'}
          selectedKeys={selected}
          onSelectionChange={onSelect}
          renderEmptyState={() => <p className="menu-empty">Nobody else is here yet.</p>}
        >
          {choices.map(({ id, name, sign }) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={name}>
              <span className="menu-words">
                {sign}
                {name}
              </span>
              {selected.includes(id) && <Icon name="check" />}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
