/**
 * Writes a text with form (Tiptap). A chunk of its own: who only reads never loads it. Says what was written when one leaves
 * it; keeps nothing itself.
 */
import Mention from '@tiptap/extension-mention';
import { type Editor, EditorContent, type JSONContent, useEditor, useEditorState } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import type { SuggestionProps } from '@tiptap/suggestion';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PersonRef } from '../../../wire/me.ts';
import type { RichDoc } from '../../../wire/rich-text.ts';
import { Avatar } from '../kit/avatar.tsx';
import { useSay } from '../words/say.ts';

export type RichEditorProps = {
  readonly label: string;
  readonly value: RichDoc;
  /** Who can be named. */
  readonly people: readonly PersonRef[];
  readonly placeholder: string;
  readonly focus?: boolean;
  readonly onStart?: () => void;
  /** Every change. */
  readonly onWrite?: (doc: RichDoc) => void;
  /** The focus went elsewhere, or the editor is gone: what stands there now, if anything was written. */
  readonly onLeave?: (doc: RichDoc) => void;
  /** Ctrl or Command with Enter. */
  readonly onSubmit?: (doc: RichDoc) => void;
};

const shownPeople = 6;

export function RichEditor(props: RichEditorProps) {
  const [suggested, setSuggested] = useState<SuggestionProps<PersonRef>>();
  const [chosen, setChosen] = useState(0);
  const frame = useRef<HTMLDivElement>(null);
  const written = useRef<RichDoc>(undefined);
  const latest = useRef({ ...props, suggested, chosen, setChosen });
  latest.current = { ...props, suggested, chosen, setChosen };

  const editor = useEditor({
    injectCSS: false,
    autofocus: props.focus ? 'end' : false,
    content: contentOf(props.value),
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3] },
        link: { openOnClick: false, autolink: true, protocols: ['http', 'https', 'mailto'] },
        dropcursor: false,
        gapcursor: false,
        trailingNode: false,
      }),
      Mention.configure({
        suggestion: {
          items: ({ query }) => matching(latest.current.people, query),
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
      attributes: { class: 'rich rich-edit', role: 'textbox', 'aria-multiline': 'true', 'aria-label': props.label },
      handleKeyDown(_, event) {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false;
        if (written.current) latest.current.onSubmit?.(written.current);
        return true;
      },
    },
    onUpdate({ editor: changed }) {
      if (!written.current) latest.current.onStart?.();
      written.current = changed.getJSON() as RichDoc;
      latest.current.onWrite?.(written.current);
    },
  });

  function show(shown: SuggestionProps<PersonRef>): void {
    setSuggested(shown);
    setChosen(0);
  }

  // What others wrote is shown, unless somebody writes here.
  const { value } = props;
  useEffect(() => {
    if (editor && !editor.isDestroyed && !written.current)
      editor.commands.setContent(contentOf(value), { emitUpdate: false });
  }, [editor, value]);

  const leave = useRef(() => {
    if (!written.current) return;
    const doc = written.current;
    written.current = undefined;
    latest.current.onLeave?.(doc);
  });
  useEffect(() => {
    const room = frame.current;
    const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
      if (!(relatedTarget instanceof Node && room?.contains(relatedTarget))) leave.current();
    };
    room?.addEventListener('focusout', onFocusOut);
    return () => {
      room?.removeEventListener('focusout', onFocusOut);
      leave.current();
    };
  }, []);

  return (
    <div className="rich-frame" ref={frame}>
      {editor && <Tools editor={editor} />}
      <div className="rich-room">
        {editor && <Placeholder editor={editor} text={props.placeholder} />}
        <EditorContent editor={editor} />
      </div>
      {suggested && <People shown={suggested} chosen={chosen} />}
    </div>
  );
}

/** The editor's type is a wider one. */
function contentOf(doc: RichDoc): JSONContent | null {
  return doc.content.length > 0 ? (doc as JSONContent) : null;
}

function Placeholder({ editor, text }: { editor: Editor; text: string }) {
  const isEmpty = useEditorState({ editor, selector: ({ editor: { isEmpty: empty } }) => empty });
  return isEmpty ? (
    <span className="rich-placeholder" aria-hidden="true">
      {text}
    </span>
  ) : null;
}

function Tools({ editor }: { editor: Editor }) {
  const say = useSay();
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      heading: now.isActive('heading'),
      bulletList: now.isActive('bulletList'),
      orderedList: now.isActive('orderedList'),
      blockquote: now.isActive('blockquote'),
      code: now.isActive('codeBlock'),
    }),
  });
  const chain = () => editor.chain().focus();
  const tool = (name: string, sign: ReactNode, isOn: boolean, run: () => void) => (
    <button
      type="button"
      className="rich-tool"
      aria-label={name}
      title={name}
      aria-pressed={isOn}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    >
      {sign}
    </button>
  );
  return (
    <div className="rich-tools" role="toolbar" aria-label={say('Form of the text')}>
      {tool(say('Bold'), <b>B</b>, on.bold, () => chain().toggleBold().run())}
      {tool(say('Italic'), <i>I</i>, on.italic, () => chain().toggleItalic().run())}
      {tool(say('Heading'), 'H', on.heading, () => chain().toggleHeading({ level: 2 }).run())}
      {tool(say('List'), '•', on.bulletList, () => chain().toggleBulletList().run())}
      {tool(say('Numbered list'), '1.', on.orderedList, () => chain().toggleOrderedList().run())}
      {tool(say('Quotation'), '“', on.blockquote, () => chain().toggleBlockquote().run())}
      {tool(say('Code'), '{}', on.code, () => chain().toggleCodeBlock().run())}
    </div>
  );
}

function People({ shown, chosen }: { shown: SuggestionProps<PersonRef>; chosen: number }) {
  const say = useSay();
  if (shown.items.length === 0)
    return <p className="rich-people menu-empty">{say('Nobody of that name can see this.')}</p>;
  return (
    <div className="rich-people" role="listbox" aria-label={say('People')}>
      {shown.items.map((person, index) => (
        <button
          key={person.id}
          type="button"
          role="option"
          aria-selected={index === chosen}
          className="menu-item"
          data-focused={index === chosen || undefined}
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(shown, person)}
        >
          <span className="menu-words">
            <Avatar person={person} />
            {person.name}
          </span>
        </button>
      ))}
    </div>
  );
}

function pick(shown: SuggestionProps<PersonRef>, { id, name }: PersonRef): void {
  (shown.command as (attrs: unknown) => void)({ id, label: name });
}

type Picking = {
  readonly suggested: SuggestionProps<PersonRef> | undefined;
  readonly chosen: number;
  readonly setChosen: (index: number) => void;
};

function pickByKey(event: KeyboardEvent, { suggested, chosen, setChosen }: Picking): boolean {
  const count = suggested?.items.length ?? 0;
  if (!suggested || count === 0) return false;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    setChosen((chosen + (event.key === 'ArrowDown' ? 1 : count - 1)) % count);
    return true;
  }
  const person = suggested.items[chosen];
  if (!person || (event.key !== 'Enter' && event.key !== 'Tab')) return false;
  pick(suggested, person);
  return true;
}

function matching(people: readonly PersonRef[], query: string): PersonRef[] {
  const sought = query.toLocaleLowerCase();
  return people.filter(({ name }) => name.toLocaleLowerCase().includes(sought)).slice(0, shownPeople);
}
