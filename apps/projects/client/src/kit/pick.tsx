/** A value that is picked from a short list: a button that shows it, and a menu with the choices. */
import type { ReactNode } from 'react';
import { lazy, lazyAhead } from './lazy.ts';
import { Opener } from './opener.tsx';

const PickMenu = lazyAhead(async () => ({ default: (await import('./pick-menu.tsx')).PickMenu }));

const SeekMenu = lazy(async () => ({ default: (await import('./seek-menu.tsx')).SeekMenu }));

export type Choice<Id extends string> = { readonly id: Id; readonly name: string; readonly sign?: ReactNode };

/** Asks for what fits; what it finds is among the choices then. */
export type Seeking = (letters: string) => Promise<unknown>;

type PickProps<Id extends string> = {
  readonly label: string;
  readonly choices: readonly Choice<Id>[];
  readonly isDisabled?: boolean;
  /** At the foot of the menu: that not everything is in it. */
  readonly note?: string | undefined;
  /** Brings further choices by the letters of their names, where not all are here. */
  readonly seek?: Seeking | undefined;
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
  return <PickButton {...props} mode="single" selected={[value]} onSelect={pickFrom} />;
}

export function PickSeveral<Id extends string>(
  props: PickProps<Id> & { readonly values: readonly Id[]; readonly onPick: (ids: Id[]) => void },
) {
  const { values, onPick, choices } = props;
  const pickFrom = (keys: 'all' | Set<unknown>): void =>
    onPick(choices.map(({ id }) => id).filter((id) => keys === 'all' || keys.has(id)));
  return <PickButton {...props} mode="multiple" selected={values} onSelect={pickFrom} />;
}

export type Picking = {
  readonly label: string;
  readonly choices: readonly Choice<string>[];
  readonly note?: string | undefined;
  readonly mode: 'single' | 'multiple';
  readonly selected: readonly string[];
  readonly onSelect: (keys: 'all' | Set<unknown>) => void;
};

type PickRest = Omit<PickProps<string>, keyof Picking>;

function PickButton({ children, isDisabled = false, seek, ...picking }: Picking & PickRest) {
  return (
    <Opener
      className="pick"
      isDisabled={isDisabled}
      popup={(opened) =>
        seek ? <SeekMenu opened={opened} seek={seek} {...picking} /> : <PickMenu opened={opened} {...picking} />
      }
    >
      <span className="visually-hidden">{picking.label}: </span>
      {children}
    </Opener>
  );
}
