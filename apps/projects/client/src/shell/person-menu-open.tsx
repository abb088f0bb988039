/** The menu under oneself, open: who is signed in and as what, how the pages look, and the way out. Comes when it is asked for. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { useNavigate } from 'react-router';
import { preferenceChoices } from '../../../wire/preferences.ts';
import { useMe } from '../api/queries.ts';
import { lettersWork, type Theme, themeOfPage } from '../appearance/apply.ts';
import { useEditPreferences } from '../appearance/use-preferences.ts';
import { Icon } from '../kit/icon.tsx';
import { type Say, useSay } from '../words/say.ts';
import { PersonFace } from './person-menu.tsx';
import { appearancePath, notificationSettingsPath, profilePath, tokensPath } from './places.ts';
import { useSignOut } from './sign-out.ts';
import { useWorkbench } from './workbench.tsx';

function themeNames(say: Say): Readonly<Record<Theme, string>> {
  return { auto: say('As on this device'), light: say('Light'), dark: say('Dark') };
}

export function OpenPersonMenu() {
  const { person } = useMe();
  const { open } = useWorkbench();
  const navigate = useNavigate();
  const say = useSay();
  const signOut = useSignOut();
  const edit = useEditPreferences();
  const [theme, setTheme] = useState(themeOfPage);
  return (
    <MenuTrigger defaultOpen>
      <Button className="person-button">
        <PersonFace />
      </Button>
      <Popover className="popover" placement="top start">
        <Menu className="menu person-menu" aria-label={say('You and your workspace')}>
          <MenuSection aria-label={say('You')}>
            <Header className="person-header">
              <b>{person.name}</b>
              <span>{person.email}</span>
              <span>{say.marked(person.roleName)}</span>
            </Header>
          </MenuSection>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => {
              const chosen = preferenceChoices.theme.find((each) => keys !== 'all' && keys.has(each)) ?? 'auto';
              edit.mutate({ theme: chosen });
              setTheme(chosen);
            }}
          >
            <Header className="menu-header">{say('Theme')}</Header>
            {preferenceChoices.theme.map((each) => (
              <MenuItem key={each} id={each} className="menu-item" shouldCloseOnSelect={false}>
                {themeNames(say)[each]}
                {each === theme && <Icon name="check" />}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection aria-label={say('More')}>
            <MenuItem className="menu-item" onAction={() => void navigate(profilePath)}>
              {say('Your profile')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void navigate(appearancePath)}>
              {say('Language and appearance')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void navigate(notificationSettingsPath)}>
              {say('Notification settings')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void navigate(tokensPath)}>
              {say('Tokens and calendar')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => open('shortcuts')}>
              {say('Keyboard shortcuts')} {lettersWork() && <kbd>?</kbd>}
            </MenuItem>
            <MenuItem className="menu-item" onAction={signOut}>
              {say('Sign out')}
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
