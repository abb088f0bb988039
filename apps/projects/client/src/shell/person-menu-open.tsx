/** The menu under oneself, open: who is signed in and as what, how the pages look, and the way out. Comes when it is asked for. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { useNavigate } from 'react-router';
import { useMe } from '../api/queries.ts';
import { Icon } from '../kit/icon.tsx';
import { useSay } from '../words/say.ts';
import { PersonFace } from './person-menu.tsx';
import { notificationSettingsPath, profilePath, tokensPath } from './places.ts';
import { chooseTheme, readTheme, type Theme, themes } from './theme.ts';
import { useWorkbench } from './workbench.tsx';

const themeNames: Readonly<Record<Theme, string>> = { auto: 'As on this device', light: 'Light', dark: 'Dark' };

export function OpenPersonMenu() {
  const { person } = useMe();
  const { open } = useWorkbench();
  const navigate = useNavigate();
  const say = useSay();
  const [theme, setTheme] = useState(readTheme);
  return (
    <MenuTrigger defaultOpen>
      <Button className="person-button">
        <PersonFace />
      </Button>
      <Popover className="popover" placement="top start">
        <Menu className="menu person-menu" aria-label="You and your workspace">
          <MenuSection aria-label="You">
            <Header className="person-header">
              <b>{person.name}</b>
              <span>{person.email}</span>
              <span>{person.roleName}</span>
            </Header>
          </MenuSection>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => {
              const chosen = themes.find((each) => keys !== 'all' && keys.has(each)) ?? 'auto';
              chooseTheme(chosen);
              setTheme(chosen);
            }}
          >
            <Header className="menu-header">Theme</Header>
            {themes.map((each) => (
              <MenuItem key={each} id={each} className="menu-item" shouldCloseOnSelect={false}>
                {themeNames[each]}
                {each === theme && <Icon name="check" />}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection aria-label="More">
            <MenuItem className="menu-item" onAction={() => void navigate(profilePath)}>
              {say('Your profile')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void navigate(notificationSettingsPath)}>
              {say('Notification settings')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void navigate(tokensPath)}>
              {say('Tokens and calendar')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => open('shortcuts')}>
              Keyboard shortcuts <kbd>?</kbd>
            </MenuItem>
            <MenuItem className="menu-item" onAction={signOut}>
              Sign out
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** A form, not a fetch: the answer may lead on to the provider, which ends its session too. */
function signOut(): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/logout';
  document.body.append(form);
  form.submit();
}
