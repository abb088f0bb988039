/** What a to-do waits for, and what waits for it. */
import { useId, useState } from 'react';
import { Link } from 'react-router';
import type { ToDo, ToDoRef } from '../../../wire/to-do.ts';
import { useBoard } from '../api/use-board.ts';
import { toDoPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';

type BlockersProps = { readonly toDo: ToDo; readonly over: string; readonly onSave: (numbers: number[]) => void };

export function Blockers({ toDo, over, onSave }: BlockersProps) {
  const say = useSay();
  const numbers = toDo.blockedBy.map(({ number }) => number);
  if (!toDo.may.edit && numbers.length === 0 && toDo.blocks.length === 0) return null;
  return (
    <section className="blockers" aria-label={say('Waits for')}>
      <h3 className="side-name">{say('Waits for')}</h3>
      <ul>
        {toDo.blockedBy.map((ref) => (
          <li key={ref.number} className="ref">
            <RefLink toDo={toDo} to={ref} over={over} />
            {toDo.may.edit && (
              <button
                type="button"
                className="icon-button"
                aria-label={say('Do not wait for {title}', { title: ref.title })}
                onClick={() => onSave(numbers.filter((number) => number !== ref.number))}
              >
                ✕
              </button>
            )}
          </li>
        ))}
      </ul>
      {toDo.may.edit && <AddBlocker toDo={toDo} taken={numbers} onAdd={(number) => onSave([...numbers, number])} />}
      {toDo.blocks.length > 0 && (
        <>
          <h3 className="side-name">{say('Holds up')}</h3>
          <ul>
            {toDo.blocks.map((ref) => (
              <li key={ref.number} className="ref">
                <RefLink toDo={toDo} to={ref} over={over} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function RefLink({ toDo, to, over }: { toDo: ToDo; to: ToDoRef; over: string }) {
  return (
    <Link
      className={to.done ? 'ref-title ref-done' : 'ref-title'}
      to={toDoPath(toDo.projectKey, to.number)}
      state={{ over }}
      replace
    >
      <span className="row-id">
        {toDo.projectKey}-{to.number}
      </span>{' '}
      {to.title}
    </Link>
  );
}

type AddBlockerProps = {
  readonly toDo: ToDo;
  readonly taken: readonly number[];
  readonly onAdd: (number: number) => void;
};

/** By number or by any words of its title. */
function AddBlocker({ toDo, taken, onAdd }: AddBlockerProps) {
  const say = useSay();
  const id = useId();
  const [text, setText] = useState('');
  const cards = useBoard(toDo.projectKey).data?.columns.flatMap((column) => column.cards) ?? [];
  const choices = cards.filter(({ number }) => number !== toDo.number && !taken.includes(number));
  const nameOf = (number: number, title: string): string => `${toDo.projectKey}-${number} ${title}`;
  function add(wanted: string): boolean {
    const sought = wanted.trim().toLocaleLowerCase();
    const byNumber = /^(?:[a-z][a-z0-9]*-)?(\d+)\b/.exec(sought)?.[1];
    const found =
      choices.find(({ number, title }) => nameOf(number, title).toLocaleLowerCase() === sought) ??
      choices.find(({ number }) => String(number) === byNumber) ??
      (sought.length > 1 ? choices.find(({ title }) => title.toLocaleLowerCase().includes(sought)) : undefined);
    const number = found?.number ?? (byNumber === undefined ? undefined : Number(byNumber));
    if (number === undefined) return false;
    setText('');
    onAdd(number);
    return true;
  }
  return (
    <>
      <input
        className="input"
        list={id}
        value={text}
        aria-label={say('Add a to-do that this one waits for')}
        placeholder={say('Number or title')}
        maxLength={250}
        onChange={({ target: { value } }) => {
          setText(value);
          if (choices.some(({ number, title }) => nameOf(number, title) === value)) add(value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add(text);
        }}
      />
      <datalist id={id}>
        {choices.slice(0, 200).map(({ number, title }) => (
          <option key={number} value={nameOf(number, title)} />
        ))}
      </datalist>
    </>
  );
}
