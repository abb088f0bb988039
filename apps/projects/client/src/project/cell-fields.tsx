/** For what takes more than one pick: a button that shows it, from which its fields open. */
import type { ReactNode } from 'react';
import { lazyAhead } from '../kit/lazy.ts';
import { Opener } from '../kit/opener.tsx';

const FieldsDialog = lazyAhead(async () => ({ default: (await import('./fields-dialog.tsx')).FieldsDialog }));

type CellFieldsProps = {
  readonly label: string;
  readonly shown: ReactNode;
  readonly isDisabled: boolean;
  /** The fields. */
  readonly children: ReactNode;
};

export function CellFields({ label, shown, isDisabled, children }: CellFieldsProps) {
  return (
    <Opener
      className="pick"
      isDisabled={isDisabled}
      opens="dialog"
      popup={(opened) => (
        <FieldsDialog opened={opened} label={label}>
          {children}
        </FieldsDialog>
      )}
    >
      <span className="visually-hidden">{label}: </span>
      {shown}
    </Opener>
  );
}
