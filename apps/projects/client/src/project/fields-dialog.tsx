/** The fields of one cell of the table, open. */
import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { Opened } from '../kit/opener.tsx';

type FieldsDialogProps = { readonly opened: Opened; readonly label: string; readonly children: ReactNode };

export function FieldsDialog({ opened, label, children }: FieldsDialogProps) {
  const { triggerRef, isOpen, onOpenChange } = opened;
  function turn(isToOpen: boolean): void {
    // A field is saved when one leaves it, and what closes takes it away without a blur.
    if (!isToOpen && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    onOpenChange(isToOpen);
  }
  return (
    <Popover className="popover" placement="bottom start" triggerRef={triggerRef} isOpen={isOpen} onOpenChange={turn}>
      <Dialog className="cell-fields" aria-label={label}>
        {children}
      </Dialog>
    </Popover>
  );
}
