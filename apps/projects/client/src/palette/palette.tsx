/** One field that leads everywhere (Ctrl K): to places and projects, to what words find, and to things to do. */
import { useState } from 'react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header, Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Input, SearchField } from 'react-aria-components/SearchField';
import { useLocation, useNavigate } from 'react-router';
import { searchLength } from '../../../wire/search.ts';
import { Problem } from '../kit/problem.tsx';
import { backgroundOf, projectKeyOf, searchPath } from '../shell/places.ts';
import { useSay } from '../words/say.ts';
import { fitting } from './fitting.ts';
import { ResultWords } from './result-words.tsx';
import { type Command, useCommands } from './use-commands.ts';
import { idOf, pathOf, useSearch } from './use-search.ts';
import '../styles/palette.css';

const foundMax = 8;

export function Palette({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  const location = useLocation();
  const here = backgroundOf(location);
  const [typed, setTyped] = useState('');
  const { actions, pages, projects, wayOut } = useCommands(projectKeyOf(here));
  const search = useSearch(typed, foundMax);
  const isAsking = typed.trim() !== '';
  // Projects stand in a list of their own.
  const found = isAsking ? (search.data ?? []).filter(({ kind }) => kind !== 'project') : [];
  const run = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal modal-small palette-modal">
        <Dialog className="palette" aria-label={say('Go to, find or do')}>
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <SearchField aria-label={say('Go to, find or do')} autoFocus className="palette-field">
              <Input className="palette-input" placeholder={say('Go to, find or do')} maxLength={searchLength} />
            </SearchField>
            <Menu
              className="menu palette-list"
              aria-label={say('What there is')}
              renderEmptyState={() => (
                <p className="menu-empty">{search.isFetching ? say('Looking…') : say('Nothing fits that.')}</p>
              )}
            >
              <Commands title={say('Projects')} commands={fitting(projects, typed)} run={run} />
              {found.length > 0 && (
                <MenuSection id="found">
                  <Header className="menu-header">{say('Found')}</Header>
                  {found.map((result) => (
                    <MenuItem
                      key={idOf(result)}
                      id={idOf(result)}
                      className="menu-item"
                      textValue={result.title}
                      onAction={run(
                        () =>
                          void navigate(pathOf(result), { state: result.kind === 'toDo' ? { over: here } : undefined }),
                      )}
                    >
                      <ResultWords result={result} />
                    </MenuItem>
                  ))}
                  <MenuItem
                    id="all-found"
                    className="menu-item"
                    onAction={run(() => void navigate(`${searchPath}?q=${encodeURIComponent(typed.trim())}`))}
                  >
                    {say('All that was found')}
                  </MenuItem>
                </MenuSection>
              )}
              <Commands title={say('Do')} commands={fitting(actions, typed)} run={run} />
              <Commands title={say('Pages')} commands={fitting(pages, typed)} run={run} />
            </Menu>
          </Autocomplete>
          {fitting([wayOut], typed).length > 0 && (
            <div className="palette-foot">
              <button type="button" className="menu-item" onClick={run(wayOut.run)}>
                {wayOut.name}
              </button>
            </div>
          )}
          <Problem error={search.error} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Commands({
  title,
  commands,
  run,
}: {
  title: string;
  commands: readonly Command[];
  run: (act: () => void) => () => void;
}) {
  if (commands.length === 0) return null;
  return (
    <MenuSection id={title}>
      <Header className="menu-header">{title}</Header>
      {commands.map(({ id, name, run: act }) => (
        <MenuItem key={id} id={id} className="menu-item" onAction={run(act)}>
          {name}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
