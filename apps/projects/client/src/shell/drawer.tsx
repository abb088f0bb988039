/** On a narrow page, where one can go, over it. Comes when it is asked for. */
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useSay } from '../words/say.ts';
import { Sidebar } from './sidebar.tsx';

export function Drawer({ onClose }: { onClose: () => void }) {
  const say = useSay();
  return (
    <ModalOverlay className="drawer-overlay" isDismissable isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="drawer">
        <Dialog aria-label={say('Menu')} className="drawer-body">
          <Sidebar onGo={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
