/** The answers without words to pick from, open. */
import { MenuItem } from 'react-aria-components/Menu';
import { type Reaction, reactions } from '../../../wire/comment.ts';
import { MenuPopover } from '../kit/menu-popover.tsx';
import type { Opened } from '../kit/opener.tsx';
import { useSay } from '../words/say.ts';
import { Sign, sayReaction } from './reactions.tsx';

type ReactionMenuProps = { readonly opened: Opened; readonly onPick: (reaction: Reaction) => void };

export function ReactionMenu({ opened, onPick }: ReactionMenuProps) {
  const say = useSay();
  return (
    <MenuPopover opened={opened} aria-label={say('React')} onAction={(id) => onPick(id as Reaction)}>
      {reactions.map((reaction) => (
        <MenuItem key={reaction} id={reaction} className="menu-item" textValue={sayReaction(say, reaction)}>
          <span className="menu-words">
            <Sign reaction={reaction} />
            {sayReaction(say, reaction)}
          </span>
        </MenuItem>
      ))}
    </MenuPopover>
  );
}
