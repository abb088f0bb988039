/**
 * The choices of a pick that has too many to list: with a field above them, whose letters filter what is there and, after a
 * short rest, ask for more. The arrows go through the choices while the focus stays in the field.
 */
import { type KeyboardEvent, useState } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Input } from 'react-aria-components/Input';
import { Menu, Popover } from 'react-aria-components/Menu';
import { SearchField } from 'react-aria-components/SearchField';
import { useSay } from '../words/say.ts';
import type { Opened } from './opener.tsx';
import type { Picking, Seeking } from './pick.tsx';
import { ChoiceItem } from './pick-menu.tsx';
import { useSeeking } from './use-seeking.ts';

type SeekMenuProps = Picking & { readonly opened: Opened; readonly seek: Seeking };

export function SeekMenu({ opened, label, choices, note, mode, selected, onSelect, seek }: SeekMenuProps) {
  const say = useSay();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [letters, setLetters] = useState('');
  const isSeeking = useSeeking(seek, letters);
  const { autoFocus: _, ...popover } = opened;
  function closeByKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    opened.onOpenChange(false);
  }
  return (
    <Popover className="popover" placement="bottom start" aria-label={label} {...popover}>
      {/* Esc is for the menu alone: the field would clear itself, and what stands below would close with it. */}
      <div onKeyDownCapture={closeByKey}>
        <Autocomplete inputValue={letters} onInputChange={setLetters} filter={contains}>
          <SearchField className="menu-seek" aria-label={say('Type a name')} autoFocus>
            <Input className="input" placeholder={say('Type a name')} />
          </SearchField>
          <Menu
            className="menu"
            aria-label={label}
            onClose={() => opened.onOpenChange(false)}
            selectionMode={mode}
            disallowEmptySelection={mode === 'single'}
            selectedKeys={selected}
            onSelectionChange={onSelect}
            renderEmptyState={() => (
              <p className="menu-empty" role="status">
                {isSeeking ? say('Looking for more people.') : say('Nobody of that name.')}
              </p>
            )}
          >
            {choices.map((choice) => (
              <ChoiceItem key={choice.id} choice={choice} isPicked={selected.includes(choice.id)} />
            ))}
          </Menu>
        </Autocomplete>
      </div>
      {note && <p className="menu-empty">{note}</p>}
    </Popover>
  );
}
