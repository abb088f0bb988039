/** The list of keys. */
import { Fragment } from 'react';
import { Keyboard } from 'react-aria-components/Keyboard';
import { Link } from 'react-router';
import { lettersWork } from '../appearance/apply.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useSay } from '../words/say.ts';
import { appearancePath } from './places.ts';
import { listShortcuts } from './shortcut-list.ts';
import { modKey } from './shortcuts.ts';

const isMac = /Mac|iP(?:hone|ad)/.test(navigator.userAgent);

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog title={say('Keyboard shortcuts')} onClose={onClose}>
      <p className="dialog-text">
        {lettersWork()
          ? say('Keys of a single letter or sign can be switched off.')
          : say('Keys of a single letter or sign are switched off.')}{' '}
        <Link className="link" to={appearancePath} onClick={onClose}>
          {say('Language and appearance')}
        </Link>
      </p>
      {listShortcuts(lettersWork()).map(({ name, entries }) => (
        <Fragment key={name}>
          <h3 className="shortcuts-name">{say.marked(name)}</h3>
          <dl className="shortcuts">
            {entries.map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  {keys.map((key) => (
                    <Keyboard key={key}>{isMac && key === modKey ? '⌘' : say.marked(key)}</Keyboard>
                  ))}
                </dt>
                <dd>{say.marked(does)}</dd>
              </div>
            ))}
          </dl>
        </Fragment>
      ))}
    </Dialog>
  );
}
