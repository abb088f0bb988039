/** The bar of what is selected, at the foot of a view: how many, what can be done to all of them, and the way to select nothing. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { Toolbar } from 'react-aria-components/Toolbar';
import { type Priority, priorities } from '../../../wire/to-do.ts';
import { Icon } from '../kit/icon.tsx';
import { Pick } from '../kit/pick.tsx';
import { leaveSelectionBar } from '../shell/roam.ts';
import { priorityName } from '../to-do/names.ts';
import { useSay } from '../words/say.ts';
import type { Named } from './use-places.ts';

type FrameProps = { readonly count: number; readonly onClear: () => void; readonly children: ReactNode };

export function SelectionFrame({ count, onClear, children }: FrameProps) {
  const say = useSay();
  const clear = (): void => {
    leaveSelectionBar();
    onClear();
  };
  useEscape(clear);
  return (
    <Toolbar className="selection-bar" aria-label={say('Selected cards')}>
      <strong role="status">{say('{count, plural, one {# selected} other {# selected}}', { count })}</strong>
      {children}
      <Button className="icon-button" aria-label={say('Select nothing')} onPress={clear}>
        <Icon name="close" />
      </Button>
    </Toolbar>
  );
}

type ActionPickProps = {
  readonly label: string;
  readonly choices: readonly Named[];
  readonly onPick: (id: string) => void;
};

/** A pick that shows no value: the selected cards may all have another. */
export function ActionPick({ label, choices, onPick }: ActionPickProps) {
  return (
    <Pick label={label} choices={choices} value="" onPick={onPick}>
      {label}
    </Pick>
  );
}

export function PriorityAct({ onPick }: { readonly onPick: (priority: Priority | null) => void }) {
  const say = useSay();
  return (
    <ActionPick
      label={say('Priority')}
      choices={[
        ...priorities.map((priority) => ({ id: String(priority), name: priorityName(say, priority) })),
        { id: 'none', name: say('No priority') },
      ]}
      onPick={(id) => onPick(priorities.find((priority) => String(priority) === id) ?? null)}
    />
  );
}

/** Esc forgets the selection, unless a menu or dialog takes it. */
function useEscape(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"], [role="menu"]')) return;
      latest.current();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
