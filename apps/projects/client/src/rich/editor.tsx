/**
 * Writes a text with form (Tiptap). A chunk of its own: who only reads never loads it. Says what was written when one leaves
 * it; keeps nothing itself.
 */
import Mention from '@tiptap/extension-mention';
import {
  type Editor,
  EditorContent,
  Extension,
  type JSONContent,
  textblockTypeInputRule,
  useEditor,
  useEditorState,
} from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import type { SuggestionProps } from '@tiptap/suggestion';
import { use, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { PersonRef } from '../../../wire/me.ts';
import { mayLead, type RichDoc } from '../../../wire/rich-text.ts';
import { SeekContext } from '../api/seek-people.ts';
import { useWhenGone } from '../kit/use-when-gone.ts';
import { LinkField } from './link-field.tsx';
import { adapted } from './pasted-html.ts';
import { findPeople, PeopleList, pickByKey } from './people-list.tsx';
import { Tools } from './tools.tsx';

export type RichEditorProps = {
  readonly label: string;
  readonly value: RichDoc;
  /** Who can be named. */
  readonly people: readonly PersonRef[];
  readonly placeholder: string;
  /** What was typed here before the editor was there, and told as it was typed. */
  readonly begun?: RichDoc;
  readonly focus?: boolean;
  /** The cursor stays, the text too. */
  readonly isReadOnly?: boolean;
  readonly onStart?: () => void;
  /** Every change. */
  readonly onWrite?: (doc: RichDoc) => void;
  /** The focus went elsewhere, or the editor is gone: what stands there now, if anything was written. */
  readonly onLeave?: (doc: RichDoc) => void;
  /** Ctrl or Command with Enter; where nothing is to be sent, it is as if one left. */
  readonly onSubmit?: () => void;
};

/** A title of its own, as most who know the sign mean it. */
const Title = Extension.create({
  name: 'title',
  addInputRules() {
    const { heading } = this.editor.schema.nodes;
    return heading ? [textblockTypeInputRule({ find: /^#\s$/, type: heading, getAttributes: { level: 2 } })] : [];
  },
});

export function RichEditor(props: RichEditorProps) {
  const [suggested, setSuggested] = useState<SuggestionProps<PersonRef>>();
  const [chosen, setChosen] = useState(0);
  const [isLinking, setLinking] = useState(false);
  const peopleId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const tools = useRef<HTMLDivElement>(null);
  const focusAtFirst = useRef(props.focus);
  const written = useRef(props.begun);
  const seek = use(SeekContext);
  const latest = useRef({ ...props, seek, suggested, chosen, setChosen });
  latest.current = { ...props, seek, suggested, chosen, setChosen };

  const leave = useRef(() => {
    if (!written.current) return;
    const doc = written.current;
    written.current = undefined;
    latest.current.onLeave?.(doc);
  });

  const keys: Readonly<Record<string, () => void>> = {
    'mod Enter': () => (latest.current.onSubmit ?? leave.current)(),
    'mod k': () => setLinking(true),
    'alt F10': () => tools.current?.querySelector('button')?.focus(),
  };

  const editor = useEditor({
    injectCSS: false,
    autofocus: props.focus ? 'end' : false,
    content: contentOf(props.begun ?? props.value),
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3] },
        link: { openOnClick: false, autolink: true, isAllowedUri: (address) => mayLead(withScheme(address)) },
        dropcursor: false,
        gapcursor: false,
        trailingNode: false,
      }),
      Title,
      Extension.create({
        name: 'held',
        dispatchTransaction({ transaction, next }) {
          if (!(transaction.docChanged && latest.current.isReadOnly)) next(transaction);
        },
      }),
      Mention.configure({
        suggestion: {
          items: ({ query, signal }) => findPeople(latest.current.people, query, latest.current.seek, signal),
          render: () => ({
            onStart: show,
            onUpdate: show,
            onExit: () => setSuggested(undefined),
            onKeyDown: ({ event }) => pickByKey(event, latest.current),
          }),
        },
      }),
    ],
    editorProps: {
      attributes: {
        class: 'rich rich-edit',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': props.label,
        'aria-readonly': String(props.isReadOnly ?? false),
      },
      transformPastedHTML: adapted,
      handleKeyDown(_, event) {
        const run = keys[keyOf(event)];
        run?.();
        return run !== undefined;
      },
    },
    onUpdate({ editor: changed }) {
      if (!written.current) latest.current.onStart?.();
      written.current = changed.getJSON() as RichDoc;
      latest.current.onWrite?.(written.current);
    },
  });

  // At once: a key that is pressed between the text that stood here and a focus that comes later would be lost.
  useLayoutEffect(() => {
    if (!focusAtFirst.current || !editor) return;
    editor.commands.setTextSelection(editor.state.doc.content.size);
    editor.view.focus();
  }, [editor]);

  function show(shown: SuggestionProps<PersonRef>): void {
    setSuggested(shown);
    setChosen(0);
  }

  // What others wrote is shown, unless somebody writes here.
  const { value } = props;
  useEffect(() => {
    // Put in again it would move the cursor.
    if (editor && !editor.isDestroyed && !written.current && !stands(value, editor))
      editor.commands.setContent(contentOf(value), { emitUpdate: false });
  }, [editor, value]);

  useEffect(() => {
    const room = frame.current;
    const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
      if (!(relatedTarget instanceof Node && room?.contains(relatedTarget))) leave.current();
    };
    room?.addEventListener('focusout', onFocusOut);
    return () => room?.removeEventListener('focusout', onFocusOut);
  }, []);
  useWhenGone(leave.current);

  return (
    <div className="rich-frame" ref={frame}>
      {editor && <Tools editor={editor} room={tools} onLink={() => setLinking(true)} />}
      {editor && isLinking && <LinkField editor={editor} onDone={() => setLinking(false)} />}
      <div className="rich-room">
        {editor && <Placeholder editor={editor} text={props.placeholder} />}
        <EditorContent editor={editor} />
      </div>
      {editor && suggested && <PeopleList editor={editor} id={peopleId} shown={suggested} chosen={chosen} />}
    </div>
  );
}

/** As the editor completes what somebody types, such as `example.com`. */
function withScheme(address: string): string {
  if (/^([a-z][a-z0-9+.-]*:|[./?#])/i.test(address)) return address;
  return address.includes('@') ? `mailto:${address}` : `https://${address}`;
}

/** The editor's type is a wider one. */
function contentOf(doc: RichDoc): JSONContent | null {
  return doc.content.length > 0 ? (doc as JSONContent) : null;
}

function stands(doc: RichDoc, editor: Editor): boolean {
  return doc.content.length > 0 ? editor.schema.nodeFromJSON(doc).eq(editor.state.doc) : editor.isEmpty;
}

function Placeholder({ editor, text }: { editor: Editor; text: string }) {
  const isEmpty = useEditorState({ editor, selector: ({ editor: { isEmpty: empty } }) => empty });
  return isEmpty ? (
    <span className="rich-placeholder" aria-hidden="true">
      {text}
    </span>
  ) : null;
}

function keyOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): string {
  return [altKey && 'alt', (ctrlKey || metaKey) && 'mod', key].filter(Boolean).join(' ');
}
