/** A to-do at its hour. Everything a pointer can do, keys and the menu can. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { useLocation, useNavigate } from 'react-router';
import type { DayBlock } from '../../../wire/day-plan.ts';
import { addDays } from '../../../wire/days.ts';
import { Icon } from '../kit/icon.tsx';
import { focusPath, isHere, toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { endOf } from './place.ts';
import { TimeDialog } from './time-dialog.tsx';
import { sayTime } from './times.ts';
import { useBlock } from './use-block.ts';
import type { DayActs } from './use-day.ts';

type BlockProps = {
  readonly block: DayBlock;
  readonly column: number;
  readonly columns: number;
  readonly minuteHeight: number;
  readonly acts: DayActs;
};

/** Below this there is room for one line. */
const twoLinesMin = 45;

export function Block({ block, column, columns, minuteHeight, acts }: BlockProps) {
  const say = useSay();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [isTiming, setTiming] = useState(false);
  const path = toDoPath(block.projectKey, block.number);
  const open = (): void => {
    if (!isHere(path)) void navigate(path, { state: { over: pathname } });
  };
  const { draft, pointer, keyboard } = useBlock({
    stretch: block,
    minuteHeight,
    onKeep: ({ startMinute, minutes }) => acts.change(block, { startMinute, minutes }),
    onOpen: open,
    onRemove: () => acts.remove(block),
  });
  const shown = draft ?? block;
  const { title } = block;
  const times = { from: sayTime(shown.startMinute), to: sayTime(endOf(shown)) };
  const marks = `${shown.minutes < twoLinesMin ? ' block-short' : ''}${block.isDone ? ' block-done' : ''}${draft ? ' block-held' : ''}`;
  return (
    <li
      className={`block${marks}`}
      style={{
        insetBlockStart: shown.startMinute * minuteHeight,
        blockSize: Math.max(shown.minutes * minuteHeight, 18),
        insetInlineStart: `${(column / columns) * 100}%`,
        inlineSize: `${100 / columns}%`,
      }}
    >
      <button type="button" className="block-whole" aria-describedby="day-keys" {...pointer('whole')} {...keyboard}>
        <span className="block-title">{title}</span>
        <span className="block-time">
          {times.from} – {times.to}
        </span>
        {block.isDone && <span className="visually-hidden">{say('done')}</span>}
      </button>
      <MenuTrigger>
        <Button className="icon-button block-more" aria-label={say('More for {title}', { title })}>
          <Icon name="more" />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label={title}>
            <MenuItem className="menu-item" onAction={open}>
              {say('Open')}
            </MenuItem>
            <MenuItem
              className="menu-item"
              onAction={() => void navigate(focusPath(block.projectKey, block.number), { state: { from: pathname } })}
            >
              {say('Focus on it')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => setTiming(true)}>
              {say('Change the time…')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => acts.change(block, { day: addDays(block.day, 1) })}>
              {say('To the next day')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => acts.remove(block)}>
              {say('Take it off this day')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <span className="block-end" aria-hidden="true" {...pointer('end')} />
      {isTiming && (
        <TimeDialog
          title={title}
          stretch={block}
          onKeep={(stretch) => acts.change(block, stretch)}
          onClose={() => setTiming(false)}
        />
      )}
    </li>
  );
}
