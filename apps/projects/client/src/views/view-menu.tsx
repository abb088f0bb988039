/** The saved views of a project, to pick from, and what can be done with them. */
import { useState } from 'react';
import { Header, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { useNavigate } from 'react-router';
import type { Project } from '../../../wire/project.ts';
import { type SavedView, type ViewPage, viewQueryOf } from '../../../wire/saved-view.ts';
import { newCreationKey } from '../api/client.ts';
import { useCopyLink } from '../kit/copy-link.tsx';
import { Icon } from '../kit/icon.tsx';
import { MenuPopover } from '../kit/menu-popover.tsx';
import type { Opened } from '../kit/opener.tsx';
import { showDone } from '../kit/toast.tsx';
import { boardPath, listPath, tablePath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { useChangeViews, useSavedViews } from './use-saved-views.ts';
import type { ViewState } from './use-view.ts';
import { ViewDialog } from './view-dialog.tsx';

const pathOf: Readonly<Record<ViewPage, (key: string) => string>> = {
  board: boardPath,
  list: listPath,
  table: tablePath,
};

type MenuProps = { readonly opened: Opened; readonly project: Project; readonly view: ViewState };

export function ViewMenu({ opened, project, view: state }: MenuProps) {
  const say = useSay();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'new' | 'edit'>();
  const views = (useSavedViews(project.key).data ?? []).toSorted((a, b) => a.name.localeCompare(b.name));
  const change = useChangeViews(project.key);
  const { copyLink, byHand } = useCopyLink(opened.triggerRef);
  const { view, isChanged, isMissing, query } = state.picked;
  const shown = viewQueryOf(query);

  const addressOf = (wanted: SavedView | undefined): string =>
    `${pathOf[wanted?.page ?? state.page](project.key)}?${state.searchOf(wanted)}`.replace(/\?$/, '');
  const pick = (wanted: SavedView | undefined): void => void navigate(addressOf(wanted), { replace: true });

  function replace(wanted: SavedView): void {
    change.mutate(
      { edit: wanted, to: { page: state.page, query: shown } },
      {
        onSuccess({ views: all }) {
          pick(all.find(({ id }) => id === wanted.id));
          showDone(say('“{view}” shows this from now on.', { view: wanted.name }));
        },
      },
    );
  }

  function remove(wanted: SavedView): void {
    const { name, page, query: saved, isShared } = wanted;
    const creationKey = newCreationKey();
    change.mutate(
      { remove: wanted },
      {
        onSuccess() {
          pick(undefined);
          showDone(say('Deleted: {title}', { title: name }), {
            name: say('Undo'),
            run: () => change.mutate({ create: { creationKey, name, page, query: saved, isShared } }),
          });
        },
      },
    );
  }

  return (
    <>
      <MenuPopover opened={opened} aria-label={say('View')}>
        <Choices name={say('Everything')} views={[]} picked={view} isWhole={!view && !isMissing} onPick={pick} />
        {views.some(({ isShared }) => !isShared) && (
          <Choices title={say('Yours')} views={views.filter(({ isShared }) => !isShared)} picked={view} onPick={pick} />
        )}
        {views.some(({ isShared }) => isShared) && (
          <Choices
            title={say('Shared in the project')}
            views={views.filter(({ isShared }) => isShared)}
            picked={view}
            onPick={pick}
          />
        )}
        <MenuSection aria-label={say('What can be done')}>
          <MenuItem className="menu-item" onAction={() => setDialog('new')}>
            {say('Save as a view…')}
          </MenuItem>
          {view?.may.edit && isChanged && (
            <MenuItem className="menu-item" onAction={() => replace(view)}>
              {say('Replace “{view}” with this', { view: view.name })}
            </MenuItem>
          )}
          {view && (
            <MenuItem
              className="menu-item"
              onAction={() => change.mutate({ page: view.page, opens: view.opens ? null : view.id })}
            >
              {view.opens ? say('Do not begin with it any more') : say('Begin with it here')}
            </MenuItem>
          )}
          {view && (
            <MenuItem className="menu-item" onAction={() => void copyLink(addressOf(view))}>
              {say('Copy the link')}
            </MenuItem>
          )}
          {view?.may.edit && (
            <MenuItem className="menu-item" onAction={() => setDialog('edit')}>
              {say('Name and sharing…')}
            </MenuItem>
          )}
          {view?.may.edit && (
            <MenuItem className="menu-item" onAction={() => remove(view)}>
              {say('Delete the view')}
            </MenuItem>
          )}
        </MenuSection>
      </MenuPopover>
      {byHand}
      {dialog && (
        <ViewDialog
          project={project}
          view={dialog === 'edit' ? view : undefined}
          shown={{ page: state.page, query: shown }}
          onSaved={pick}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}

type ChoicesProps = {
  readonly title?: string;
  /** Of the one choice that is no view: everything. */
  readonly name?: string;
  readonly isWhole?: boolean;
  readonly views: readonly SavedView[];
  readonly picked: SavedView | undefined;
  readonly onPick: (view: SavedView | undefined) => void;
};

const wholeKey = 'everything';

/** A pick of the one that is shown shows it again as it was saved. */
function Choices({ title, name, isWhole = false, views, picked, onPick }: ChoicesProps) {
  const say = useSay();
  const selected = isWhole ? wholeKey : (picked?.id ?? '');
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[selected]}
      {...(title === undefined && { 'aria-label': name ?? '' })}
    >
      {title !== undefined && <Header className="menu-header">{title}</Header>}
      {name !== undefined && (
        <MenuItem id={wholeKey} className="menu-item" textValue={name} onAction={() => onPick(undefined)}>
          <span className="menu-words">{name}</span>
          {isWhole && <Icon name="check" />}
        </MenuItem>
      )}
      {views.map((view) => (
        <MenuItem key={view.id} id={view.id} className="menu-item" textValue={view.name} onAction={() => onPick(view)}>
          <span className="menu-words">
            {view.name} <span className="menu-note">{pageName(say, view)}</span>
          </span>
          {picked?.id === view.id && <Icon name="check" />}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

function pageName(say: ReturnType<typeof useSay>, { page, opens }: SavedView): string {
  switch (page) {
    case 'board':
      return opens ? say('Board, begins with it') : say('Board');
    case 'list':
      return opens ? say('List, begins with it') : say('List');
    case 'table':
      return opens ? say('Table, begins with it') : say('Table');
  }
}
