/** The tags of a to-do: taken off, put on from those of the project, or made by writing a new one. */
import '../styles/rich.css';
import { useId, useState } from 'react';
import { foldTag, type Tag } from '../../../wire/tag.ts';
import { useTags } from '../api/to-do-queries.ts';
import { useSay } from '../words/say.ts';

export function TagChip({ tag }: { tag: Tag }) {
  return <span className={`chip chip-${tag.tone}`}>{tag.name}</span>;
}

type TagsFieldProps = {
  readonly projectKey: string;
  readonly tags: readonly Tag[];
  readonly isDisabled: boolean;
  readonly onSave: (names: string[]) => void;
};

export function TagsField({ projectKey, tags, isDisabled, onSave }: TagsFieldProps) {
  const say = useSay();
  const id = useId();
  const [text, setText] = useState('');
  const known = useTags(projectKey).data ?? [];
  const names = tags.map(({ name }) => name);
  const has = (name: string): boolean => names.some((each) => foldTag(each) === foldTag(name));
  function add(): void {
    const wanted = text.split(/[,#]/).flatMap((part) => part.trim() || []);
    setText('');
    const fresh = wanted.filter((name) => !has(name));
    if (fresh.length > 0) onSave([...names, ...fresh]);
  }
  return (
    <div className="tags-field">
      {tags.map((tag) => (
        <span key={tag.id} className={`chip chip-${tag.tone}`}>
          {tag.name}
          {!isDisabled && (
            <button
              type="button"
              className="chip-remove"
              aria-label={say('Take the tag {name} off', { name: tag.name })}
              onClick={() => onSave(names.filter((name) => name !== tag.name))}
            >
              ✕
            </button>
          )}
        </span>
      ))}
      {!isDisabled && (
        <>
          <input
            className="input"
            list={id}
            value={text}
            aria-label={say('Add a tag')}
            placeholder={say('Add a tag')}
            maxLength={50}
            onChange={(event) => setText(event.target.value)}
            onBlur={add}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ',') return;
              event.preventDefault();
              add();
            }}
          />
          <datalist id={id}>
            {known
              .filter(({ name }) => !has(name))
              .map(({ id: tagId, name }) => (
                <option key={tagId} value={name} />
              ))}
          </datalist>
        </>
      )}
      {isDisabled && tags.length === 0 && <span className="pick-none">{say('No tags')}</span>}
    </div>
  );
}
