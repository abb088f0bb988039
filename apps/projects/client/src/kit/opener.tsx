/**
 * A button from which something opens: a menu, a dialog. What opens is made when it is first asked for, so that a page of a
 * thousand such buttons is a page of buttons. Keys open it as they open any menu.
 */
import { type ReactNode, type RefObject, Suspense, startTransition, useRef, useState } from 'react';
import { Button, type ButtonProps } from 'react-aria-components/Button';

export type Opened = {
  readonly triggerRef: RefObject<HTMLButtonElement | null>;
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  /** Where a menu begins: at what is chosen, or at the first or last when keys asked for it. */
  readonly autoFocus: true | 'first' | 'last';
};

type OpenerProps = Pick<ButtonProps, 'className' | 'aria-label' | 'isDisabled'> & {
  readonly opens?: 'menu' | 'dialog';
  /** What opens; comes lazily. */
  readonly popup: (opened: Opened) => ReactNode;
  readonly children: ReactNode;
};

export function Opener({ opens = 'menu', popup, children, ...button }: OpenerProps) {
  const triggerRef = useRef<HTMLButtonElement>(null);
  const [wasAsked, setAsked] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [autoFocus, setAutoFocus] = useState<Opened['autoFocus']>(true);
  function open(at: Opened['autoFocus']): void {
    setAutoFocus(at);
    startTransition(() => {
      setAsked(true);
      setOpen(true);
    });
  }
  return (
    <>
      <Button
        {...button}
        ref={triggerRef}
        aria-haspopup={opens}
        aria-expanded={isOpen}
        onPress={({ pointerType }) => open(pointerType === 'keyboard' || pointerType === 'virtual' ? 'first' : true)}
        onKeyDown={(event) => {
          if (opens === 'menu' && event.key === 'ArrowDown') open('first');
          else if (opens === 'menu' && event.key === 'ArrowUp') open('last');
          else event.continuePropagation();
        }}
      >
        {children}
      </Button>
      {wasAsked && (
        <Suspense fallback={null}>{popup({ triggerRef, isOpen, onOpenChange: setOpen, autoFocus })}</Suspense>
      )}
    </>
  );
}
