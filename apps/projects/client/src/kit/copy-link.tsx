/**
 * Copies an address of this workspace and says so. Where the browser does not let it, as on a page that came over plain HTTP, it
 * shows the address, selected, to be copied by hand.
 */
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useSay } from '../words/say.ts';
import { Dialog } from './dialog.tsx';
import { copies, showDone } from './toast.tsx';

type CopyLink = {
  readonly copyLink: (path: string) => Promise<void>;
  /** What shows the address; to be drawn where it outlives the menu. */
  readonly byHand: ReactNode;
};

/** `from`: the button whose menu was asked; it has the focus again after the address was shown. */
export function useCopyLink(from: RefObject<HTMLElement | null>): CopyLink {
  const say = useSay();
  const [shown, show] = useState<string>();
  const wasShown = useRef(false);
  useEffect(() => {
    if (wasShown.current && !shown) from.current?.focus();
    wasShown.current = shown !== undefined;
  }, [shown, from]);
  async function copyLink(path: string): Promise<void> {
    const link = new URL(path, window.location.href).href;
    if (await copies(link)) showDone(say('The link is copied.'));
    else show(link);
  }
  return { copyLink, byHand: shown && <ByHand link={shown} onClose={() => show(undefined)} /> };
}

function ByHand({ link, onClose }: { link: string; onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog title={say('Copy the link')} onClose={onClose}>
      <label className="field">
        <span className="dialog-text">{say('Your browser did not let it be copied. Copy it from here.')}</span>
        <input
          className="input"
          readOnly
          value={link}
          ref={(field) => {
            field?.focus();
            field?.select();
          }}
        />
      </label>
    </Dialog>
  );
}
