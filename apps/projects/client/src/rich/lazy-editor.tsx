/** The editor, loaded when it is first needed; until then the text as it stands. */
import { lazy, Suspense } from 'react';
import { RichText } from '../kit/rich-text.tsx';
import type { RichEditorProps } from './editor.tsx';

const RichEditor = lazy(async () => ({ default: (await import('./editor.tsx')).RichEditor }));

export function LazyEditor(props: RichEditorProps) {
  return (
    <Suspense fallback={<RichText doc={props.value} />}>
      <RichEditor {...props} />
    </Suspense>
  );
}
