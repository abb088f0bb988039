/** A dialog over the page: a title, a way to close it, and what it is about. */

import { type ReactNode, useCallback, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useSay } from '../words/say.ts';

type DialogProps = {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: 'small' | 'large';
  readonly urgent?: boolean;
  /** Beside the button that closes it. */
  readonly tools?: ReactNode;
};

export function Dialog({ title, onClose, children, size = 'small', urgent = false, tools }: DialogProps) {
  const say = useSay();
  const { watch, holdsWords } = useWords();
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable={!urgent}
      // A click beside it is easily a slip; Esc and the button are not.
      shouldCloseOnInteractOutside={() => !holdsWords()}
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={`modal modal-${size}`} ref={watch}>
        <AriaDialog className="dialog" role={urgent ? 'alertdialog' : 'dialog'}>
          <div className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <span className="dialog-tools">
              {tools}
              <Button slot="close" className="icon-button" aria-label={say('Close')}>
                ✕
              </Button>
            </span>
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Whether something was typed into a form and stands there still. */
function useWords() {
  const typed = useRef(new Set<HTMLElement>());
  const watch = useCallback((room: HTMLElement | null) => {
    const note = ({ target }: Event): void => {
      if (target instanceof HTMLElement && target.closest('form')) typed.current.add(target);
    };
    room?.addEventListener('input', note);
    return () => room?.removeEventListener('input', note);
  }, []);
  const holdsWords = () => [...typed.current].some((field) => field.isConnected && wordsIn(field) !== '');
  return { watch, holdsWords };
}

function wordsIn(field: HTMLElement): string {
  return 'value' in field ? String(field.value).trim() : field.innerText.trim();
}
