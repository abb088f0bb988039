/** Where a link of the text leads: asked above the text, set on what is selected or on the link that one stands in. */
import type { Editor } from '@tiptap/react';
import { type KeyboardEvent, useState } from 'react';
import { mayLead } from '../../../wire/rich-text.ts';
import { focusOnce } from '../kit/focus.ts';
import { useSay } from '../words/say.ts';

export function LinkField({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const say = useSay();
  const [text, setText] = useState(() => String(editor.getAttributes('link').href ?? ''));
  const [isWrong, setWrong] = useState(false);

  function leave(): void {
    // At once, so that the focus is never out of the text and its tools.
    editor.view.focus();
    onDone();
  }

  function keep(): void {
    if (setLink(editor, text.trim())) leave();
    else setWrong(true);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      keep();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      leave();
    }
  }

  return (
    <div className="rich-link">
      <input
        ref={focusOnce}
        className="input"
        inputMode="url"
        autoComplete="off"
        aria-label={say('Address of the link')}
        aria-invalid={isWrong}
        placeholder="https://"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onKeyDown={onKeyDown}
      />
      <button type="button" className="button button-quiet" onClick={keep}>
        {text.trim() === '' ? say('No link') : say('Set the link')}
      </button>
      {isWrong && (
        <p className="form-problem" role="alert">
          {say('A link leads to a web page or an address.')}
        </p>
      )}
    </div>
  );
}

/** Answers whether it could be one. Nothing selected: the address itself is written. */
function setLink(editor: Editor, text: string): boolean {
  const chain = editor.chain().extendMarkRange('link');
  if (text === '') return chain.unsetLink().run();
  const href = /^[a-z][a-z+.-]*:/i.test(text) ? text : text.includes('@') ? `mailto:${text}` : `https://${text}`;
  if (!mayLead(href)) return false;
  const isWritten = editor.state.selection.empty && !editor.isActive('link');
  return isWritten
    ? editor.commands.insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] })
    : chain.setLink({ href }).run();
}
