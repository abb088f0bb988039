/** The tools above a text: one stop for the Tab key, and from one to the next with the arrows. */
import { type Editor, useEditorState } from '@tiptap/react';
import type { ReactNode, Ref } from 'react';
import { Toolbar } from 'react-aria-components/Toolbar';
import { useSay } from '../words/say.ts';

type ToolsProps = { readonly editor: Editor; readonly onLink: () => void; readonly room: Ref<HTMLDivElement> };

export function Tools({ editor, onLink, room }: ToolsProps) {
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
      link: now.isActive('link'),
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
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    >
      {sign}
    </button>
  );
  return (
    <Toolbar ref={room} className="rich-tools" aria-label={say('Form of the text')}>
      {tool(say('Bold'), <b>B</b>, on.bold, () => chain().toggleBold().run())}
      {tool(say('Italic'), <i>I</i>, on.italic, () => chain().toggleItalic().run())}
      {tool(say('Heading'), 'H', on.heading, () => chain().toggleHeading({ level: 2 }).run())}
      {tool(say('List'), '•', on.bulletList, () => chain().toggleBulletList().run())}
      {tool(say('Numbered list'), <span className="sign-numbered" />, on.orderedList, () =>
        chain().toggleOrderedList().run(),
      )}
      {tool(say('Quotation'), '“', on.blockquote, () => chain().toggleBlockquote().run())}
      {tool(say('Code'), '{}', on.code, () => chain().toggleCodeBlock().run())}
      {tool(say('Link'), '↗', on.link, onLink)}
    </Toolbar>
  );
}
