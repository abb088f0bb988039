/** The tags of a project: renamed, coloured, put together by giving two one name, removed. Each change is saved at once. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Project } from '../../../wire/project.ts';
import {
  type EditTagRequest,
  foldTag,
  type TagsAnswer,
  type TagTone,
  type TagWithUse,
  tagTones,
} from '../../../wire/tag.ts';
import { callApi } from '../api/client.ts';
import { refreshToDos } from '../api/queries.ts';
import { toDoKeys, useTags } from '../api/to-do-queries.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Pick } from '../kit/pick.tsx';
import { showDone, showProblem } from '../kit/toast.tsx';
import { type Say, useSay } from '../words/say.ts';
import { NameField } from './name-field.tsx';
import '../styles/rich.css';

type Change =
  | { readonly id: string; readonly request: EditTagRequest }
  | { readonly id: string; readonly remove: true };

export function Tags({ project }: { project: Project }) {
  const say = useSay();
  const tags = useTags(project.key).data;
  const change = useChangeTags(project.key);
  const mayChange = project.may.manageTags;
  return (
    <section aria-labelledby="tags-heading">
      <h2 id="tags-heading">{say('Tags')}</h2>
      {tags?.length === 0 && (
        <p className="lead">{say('There are none yet. A tag is made by giving it to a to-do.')}</p>
      )}
      {mayChange && tags?.length !== 0 && (
        <p className="lead">{say('Give a tag the name of another, and they become one.')}</p>
      )}
      <ul className="people">
        {tags?.map((tag) =>
          mayChange ? (
            <TagRow key={tag.id} tag={tag} tags={tags} onChange={change.mutate} />
          ) : (
            <li key={tag.id} className="column-setting">
              <span className={`tag tag-${tag.tone}`}>{tag.name}</span>
              <Use tag={tag} />
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

function useChangeTags(key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) =>
      'remove' in change
        ? callApi<TagsAnswer>('DELETE', `/projects/${key}/tags/${change.id}`)
        : callApi<TagsAnswer>('PATCH', `/projects/${key}/tags/${change.id}`, change.request),
    onSuccess({ tags }) {
      cache.setQueryData(toDoKeys.tags(key), tags);
      refreshToDos(cache, key);
    },
    onError(error) {
      showProblem(error);
      void cache.invalidateQueries({ queryKey: toDoKeys.tags(key) });
    },
  });
}

type RowProps = {
  readonly tag: TagWithUse;
  readonly tags: readonly TagWithUse[];
  readonly onChange: (change: Change) => void;
};

/** What is asked about before it is done: it cannot be undone. */
type Asked = { readonly what: 'remove' } | { readonly what: 'merge'; readonly into: TagWithUse };

function TagRow({ tag, tags, onChange }: RowProps) {
  const say = useSay();
  const [asked, setAsked] = useState<Asked>();
  const { id, name, tone } = tag;
  function rename(next: string): void {
    const into = tags.find((other) => other.id !== id && foldTag(other.name) === foldTag(next));
    if (into) setAsked({ what: 'merge', into });
    else onChange({ id, request: { name: next } });
  }
  function act({ what }: Asked): void {
    setAsked(undefined);
    if (what === 'remove') {
      onChange({ id, remove: true });
      showDone(say('The tag {name} is removed.', { name }));
    } else if (asked?.what === 'merge') onChange({ id, request: { name: asked.into.name } });
  }
  return (
    <li className="column-setting">
      <Pick
        label={say('Colour of {name}', { name })}
        choices={tagTones.map((each) => ({
          id: each,
          name: sayTagTone(say, each),
          sign: <span className={`tag tag-${each}`}>{name}</span>,
        }))}
        value={tone}
        onPick={(next) => onChange({ id, request: { tone: next } })}
      >
        <span className={`tag tag-${tone}`}>{name}</span>
      </Pick>
      <NameField
        key={`${name}-${asked?.what}`}
        label={say('Name of the tag {name}', { name })}
        name={name}
        lengthMax={50}
        onRename={rename}
      />
      <Use tag={tag} />
      <Button
        className="icon-button"
        aria-label={say('Remove {name}…', { name })}
        onPress={() => setAsked({ what: 'remove' })}
      >
        ✕
      </Button>
      {asked && <AskFirst asked={asked} tag={tag} onAct={() => act(asked)} onClose={() => setAsked(undefined)} />}
    </li>
  );
}

function Use({ tag: { toDos } }: { tag: TagWithUse }) {
  const say = useSay();
  return (
    <span className="fact-note">
      {say('{count, plural, =0 {not used} one {on # to-do} other {on # to-dos}}', { count: toDos })}
    </span>
  );
}

type AskProps = {
  readonly asked: Asked;
  readonly tag: TagWithUse;
  readonly onAct: () => void;
  readonly onClose: () => void;
};

function AskFirst({ asked, tag: { name }, onAct, onClose }: AskProps) {
  const say = useSay();
  const isRemoval = asked.what === 'remove';
  return (
    <Dialog
      title={
        isRemoval
          ? say('Remove the tag {name}?', { name })
          : say('Put {name} into {other}?', { name, other: asked.into.name })
      }
      urgent
      onClose={onClose}
    >
      <p className="dialog-text">
        {isRemoval
          ? say('It goes from every to-do that has it. The to-dos stay. This cannot be undone.')
          : say('Every to-do with the one then has the other. This cannot be undone.')}
      </p>
      <div className="form-actions">
        <Button className="button button-quiet" onPress={onClose}>
          {say('Keep it')}
        </Button>
        <Button className={isRemoval ? 'button button-danger-full' : 'button button-primary'} onPress={onAct}>
          {isRemoval ? say('Remove') : say('Put together')}
        </Button>
      </div>
    </Dialog>
  );
}

function sayTagTone(say: Say, tone: TagTone): string {
  const words: Readonly<Record<TagTone, string>> = {
    grey: say('Grey'),
    red: say('Red'),
    amber: say('Amber'),
    green: say('Green'),
    accent: say('Evergreen'),
    blue: say('Blue'),
    violet: say('Violet'),
    pink: say('Pink'),
  };
  return words[tone];
}
