/**
 * What somebody types before the editor is there: it is kept as the editor would keep it, shown at the end of the text, and
 * written on in the editor when it comes. Takes letters, lines, Backspace and what is pasted, and no form.
 */
import { type ClipboardEvent, type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { RichDoc } from '../../../wire/rich-text.ts';
import { useWhenGone } from '../kit/use-when-gone.ts';
import type { RichEditorProps } from './editor.tsx';
import { withTyped } from './typed.ts';

type Typed = { readonly on: RichDoc; readonly text: string };

/** `isHere`: the editor has come and takes over. */
export function useTyped({ value, isReadOnly, onStart, onWrite, onLeave, onSubmit }: RichEditorProps, isHere: boolean) {
  const [typed, setTyped] = useState<Typed>();
  const latest = useRef(typed);
  const begun = latest.current && withTyped(latest.current.on, latest.current.text);
  useEffect(() => {
    if (isHere) latest.current = undefined;
  }, [isHere]);

  function keep(next: Typed | undefined): void {
    latest.current = next;
    setTyped(next);
  }

  function write(change: (text: string) => string): void {
    if (isReadOnly) return;
    if (!latest.current) onStart?.();
    const next = { on: latest.current?.on ?? value, text: change(latest.current?.text ?? '') };
    keep(next);
    onWrite?.(withTyped(next.on, next.text));
  }

  /** Where nobody asks for it when one leaves, it stands there until it is sent. */
  function leave(): void {
    if (!latest.current || !onLeave) return;
    const { on, text } = latest.current;
    keep(undefined);
    onLeave(withTyped(on, text));
  }
  useWhenGone(leave);

  const handlers = {
    onKeyDown(event: KeyboardEvent): void {
      // Both together are AltGr, by which signs are typed.
      const isCommand = event.metaKey || event.ctrlKey !== event.altKey;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) (onSubmit ?? leave)();
      else if (isCommand) return;
      else if (event.key === 'Enter') write((text) => `${text}\n`);
      else if (event.key === 'Backspace' && latest.current) write((text) => [...text].slice(0, -1).join(''));
      else if (event.key.length === 1) write((text) => text + event.key);
      else return;
      // Neither a scroll nor a shortcut of the page.
      event.preventDefault();
      event.stopPropagation();
    },
    onPaste(event: ClipboardEvent): void {
      event.preventDefault();
      const pasted = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n');
      if (pasted !== '') write((text) => text + pasted);
    },
    onBlur({ currentTarget }: FocusEvent): void {
      if (!currentTarget.contains(document.activeElement)) leave();
    },
  };
  return { begun, handlers };
}
