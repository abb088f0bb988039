/** The editor. It is large, and comes when it is needed; until then the text stands where it will stand in it, and takes words. */
import type { FocusEvent } from 'react';
import { plainText } from '../../../wire/rich-text.ts';
import { focusOnce } from '../kit/focus.ts';
import { heavy, useStandIn } from '../kit/lazy.ts';
import { RichText } from '../kit/rich-text.tsx';
import type { RichEditorProps } from './editor.tsx';
import { useTyped } from './use-typed.ts';

const editor = heavy(() => import('./editor.tsx'));

/**
 * Who comes here by keys or by pointer wants to write, and may begin; that it is a field for it says the editor, which knows
 * all that a field does.
 */
const reachable = { role: 'group', tabIndex: 0 } as const;

export function LazyEditor(props: RichEditorProps) {
  const { value, label, placeholder, focus = false } = props;
  const { part, isWanted, standIn } = useStandIn(editor, focus);
  const { begun, handlers } = useTyped(props, part !== undefined);
  if (part) return <part.RichEditor {...props} {...(begun && { begun })} focus={isWanted} />;
  const text = begun ?? value;
  const waits = {
    ...standIn,
    ...handlers,
    onBlur(event: FocusEvent): void {
      standIn.onBlur(event);
      handlers.onBlur(event);
    },
  };
  const asText = { ...reachable, 'aria-label': label, ...waits, ...(focus && { ref: focusOnce }) };
  return (
    <div className="rich-frame">
      <div className="rich-room">
        {plainText(text) === '' && (
          <span className="rich-placeholder" aria-hidden="true">
            {placeholder}
          </span>
        )}
        <div className="rich-edit" {...asText}>
          <RichText doc={text} />
        </div>
      </div>
    </div>
  );
}
