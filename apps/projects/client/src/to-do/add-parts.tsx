/**
 * The line that adds subtasks: what is typed makes one, a list that is pasted makes one a line, each read as quick-add. Of a long list the server
 * takes so many at once; the rest waits below the line until the person says so. Nothing is left out without a word.
 */
import { type ClipboardEvent, useRef, useState } from 'react';
import type { Project } from '../../../wire/project.ts';
import type { AddPartsRequest, ToDo } from '../../../wire/to-do.ts';
import { newCreationKey } from '../api/client.ts';
import { useAddParts } from '../api/to-do-changes.ts';
import { useToday } from '../kit/clock.ts';
import { useSay } from '../words/say.ts';
import { linesMax, type PastedLine, readLines, titleLengthMax } from './pasted-lines.ts';
import { QuickLine, readLine, requestOf } from './quick-line.tsx';

/** Its key makes it harmless to send it twice. */
type Batch = AddPartsRequest;

export function AddParts({ toDo, project }: { toDo: ToDo; project: Project }) {
  const say = useSay();
  const today = useToday();
  const add = useAddParts(toDo);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const [rest, setRest] = useState<{ readonly titles: AddPartsRequest['titles']; readonly of: number }>();
  const [unkept, setUnkept] = useState<Batch>();
  const typed = useRef<{ readonly text: string; readonly batch: Batch }>(undefined);

  /** What says nothing but a title is sent as one. */
  function partOf({ text: line, isDone }: PastedLine): AddPartsRequest['titles'][number] {
    const said = readLine(line, today, project.assignable);
    if (said.title === '' || said.understood.length === 0) return isDone ? { title: line, done: true } : line;
    return { ...requestOf(said, {}), ...(isDone && { done: true }) };
  }

  function addAll(titles: AddPartsRequest['titles'], of = titles.length): void {
    const later = titles.slice(linesMax);
    setRest(later.length > 0 ? { titles: later, of } : undefined);
    const batch = { creationKey: newCreationKey(), titles: titles.slice(0, linesMax) };
    void add(batch, () => setUnkept(batch));
  }

  function again(batch: Batch): void {
    setUnkept(undefined);
    void add(batch, () => setUnkept(batch));
  }

  function addTyped(): void {
    const { lines, tooLong } = readLines(text);
    const [line] = lines;
    if (!line) return;
    if (tooLong.length > 0) {
      tellTooLong(1);
      return;
    }
    const again = typed.current?.text === text ? typed.current.batch : undefined;
    const batch = again ?? { creationKey: newCreationKey(), titles: [partOf(line)] };
    const now = { text, batch };
    typed.current = now;
    setText('');
    void add(batch, () => setText((later) => later || text)).then(() => {
      if (typed.current === now) typed.current = undefined;
    });
  }

  function tellTooLong(line: number): void {
    setProblem(
      say('Nothing was added: line {line} is longer than {max} characters. Shorten it and paste again.', {
        line,
        max: titleLengthMax,
      }),
    );
  }

  function paste(event: ClipboardEvent): void {
    const { lines, tooLong } = readLines(event.clipboardData.getData('text/plain'));
    if (lines.length < 2) return;
    event.preventDefault();
    setProblem('');
    const [first] = tooLong;
    if (first === undefined) addAll(lines.map(partOf));
    else tellTooLong(first);
  }

  return (
    <>
      <QuickLine
        line={text}
        onLine={(line) => {
          setText(line);
          setProblem('');
        }}
        people={project.assignable}
        projectKey={project.key}
        label={say('New subtask')}
        placeholder={say('Add a subtask, or paste a list')}
        className="input"
        onPaste={paste}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          addTyped();
        }}
      />
      <div className="parts-note" role="status">
        {problem && <p>{problem}</p>}
        {unkept ? (
          <>
            <p>{say('Lines that were not added: {count}.', { count: unkept.titles.length })}</p>
            <button type="button" className="button button-quiet" onClick={() => again(unkept)}>
              {say('Try again')}
            </button>
          </>
        ) : (
          rest && (
            <>
              <p>
                {say('{taken} of {of} lines were taken. {max} can be added at once.', {
                  taken: rest.of - rest.titles.length,
                  of: rest.of,
                  max: linesMax,
                })}
              </p>
              <button type="button" className="button button-quiet" onClick={() => addAll(rest.titles, rest.of)}>
                {say('Add the next {count}', { count: Math.min(linesMax, rest.titles.length) })}
              </button>
              <button type="button" className="button button-quiet" onClick={() => setRest(undefined)}>
                {say('Leave them out')}
              </button>
            </>
          )
        )}
      </div>
    </>
  );
}
