/** A menu as it opens from an `Opener`. */
import { Menu, type MenuProps, Popover, type PopoverProps } from 'react-aria-components/Menu';
import type { Opened } from './opener.tsx';

type MenuPopoverProps = Pick<PopoverProps, 'placement'> &
  Omit<MenuProps<object>, 'className' | 'autoFocus' | 'onClose'> & {
    readonly 'aria-label': string;
    readonly opened: Opened;
    /** At the foot of it: that not everything is in it. */
    readonly note?: string | undefined;
  };

export function MenuPopover({ opened, placement = 'bottom start', note, ...menu }: MenuPopoverProps) {
  const { autoFocus, ...popover } = opened;
  return (
    <Popover className="popover" placement={placement} aria-label={menu['aria-label']} {...popover}>
      <Menu className="menu" autoFocus={autoFocus} onClose={() => opened.onOpenChange(false)} {...menu} />
      {note && <p className="menu-empty">{note}</p>}
    </Popover>
  );
}
