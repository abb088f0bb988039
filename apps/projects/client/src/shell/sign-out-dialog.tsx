/** Asks before a sign-out throws away what somebody began here, or what waits to be sent. */
import { Dialog } from '../kit/dialog.tsx';
import { useSay } from '../words/say.ts';
import { signOut } from './sign-out.ts';

export function SignOutDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  function leave(): void {
    onClose();
    signOut();
  }
  return (
    <Dialog title={say('Sign out?')} urgent onClose={onClose}>
      <p className="dialog-text">
        {say('What you began to write here, and changes that wait to be sent, are gone after that.')}
      </p>
      <div className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          {say('Cancel')}
        </button>
        <button type="button" className="button button-danger-full" onClick={leave}>
          {say('Sign out')}
        </button>
      </div>
    </Dialog>
  );
}
