/** Short words at the bottom of the page: what was done, with a way to undo it, or what went wrong. */
import { Button } from 'react-aria-components/Button';
import { Text } from 'react-aria-components/Text';
import {
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components/Toast';
import { isSignedOut, sayProblem } from '../api/client.ts';

type Message = { readonly text: string; readonly tone: 'plain' | 'problem'; readonly action?: ToastAction };
export type ToastAction = { readonly name: string; readonly run: () => void };

const queue = new ToastQueue<Message>({ maxVisibleToasts: 2 });
// React Aria asks for five seconds at least, so that a screen reader gets to the end.
const shownMs = 7_000;

/** The same words again replace those before: one act after another leaves one message, for the last. */
export function showDone(text: string, action?: ToastAction): void {
  for (const { key, content } of queue.visibleToasts) if (content.text === text) queue.close(key);
  queue.add(action ? { text, tone: 'plain', action } : { text, tone: 'plain' }, { timeout: shownMs });
}

/** Stays until it is closed: a problem must not vanish unread. */
export function showProblem(error: unknown): void {
  if (isSignedOut(error)) showSignedOut();
  else queue.add({ text: sayProblem(error), tone: 'problem' });
}

/** A change that could not be made now and may be later: `again` makes it once more. */
export function showUnsaved(error: unknown, again: () => void): void {
  const signedOut = isSignedOut(error);
  if (signedOut) showSignedOut();
  const text = signedOut ? 'Your change is not saved yet.' : sayProblem(error);
  queue.add({ text, tone: 'problem', action: { name: 'Try again', run: again } });
}

const signedOutText = 'You are signed out. This page stays as it is: sign in in a new tab, then go on here.';

/** Once, however many requests found it out. The sign-in opens beside this page, so that nothing typed here is lost. */
function showSignedOut(): void {
  if (queue.visibleToasts.some(({ content }) => content.text === signedOutText)) return;
  const to = encodeURIComponent(`${window.location.pathname}${window.location.search}`);
  const signIn = () => void window.open(`/auth/login?to=${to}`, '_blank', 'noopener');
  queue.add({ text: signedOutText, tone: 'problem', action: { name: 'Sign in', run: signIn } });
}

export function Toasts() {
  return (
    <ToastRegion queue={queue} className="toasts" aria-label="Messages">
      {({ toast }) => (
        <Toast toast={toast} className={`toast toast-${toast.content.tone}`}>
          <ToastContent className="toast-text">
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.action && (
            <Button
              className="button button-quiet"
              onPress={() => {
                toast.content.action?.run();
                queue.close(toast.key);
              }}
            >
              {toast.content.action.name}
            </Button>
          )}
          <Button slot="close" className="icon-button" aria-label="Close">
            ✕
          </Button>
        </Toast>
      )}
    </ToastRegion>
  );
}
