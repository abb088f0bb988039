/** A dialog over the page: a title, a way to close it, and what it is about. */
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

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
  return (
    <ModalOverlay className="overlay" isOpen isDismissable={!urgent} onOpenChange={(open) => !open && onClose()}>
      <Modal className={`modal modal-${size}`}>
        <AriaDialog className="dialog" role={urgent ? 'alertdialog' : 'dialog'}>
          <div className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <span className="dialog-tools">
              {tools}
              <Button slot="close" className="icon-button" aria-label="Close">
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
