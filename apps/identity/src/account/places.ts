/** The pages of an account that stand side by side, and the line that leads from one to the others. */
import type { Html } from '../pages/look.ts';
import { navigation, type Place } from '../pages/navigation.ts';
import { paths } from './account.paths.ts';
import { passwordPaths } from './password.paths.ts';
import { words } from './words.ts';

export type PlaceName = 'overview' | 'password' | 'two-factor' | 'sessions';

/** The line as it stands on the page of that name. */
export type AccountNavigation = (here: PlaceName) => Html;

export function accountNavigation(about: { readonly mayChangePassword: boolean }): AccountNavigation {
  const { places: labels } = words;
  const places: (Place & { readonly name: PlaceName })[] = [
    { name: 'overview', label: labels.overview, href: '/' },
    ...(about.mayChangePassword
      ? [{ name: 'password', label: labels.password, href: passwordPaths.change } as const]
      : []),
    { name: 'two-factor', label: labels.twoFactor, href: paths.twoFactor },
    { name: 'sessions', label: labels.sessions, href: paths.sessions },
  ];
  return (here) => navigation(labels.label, places, here);
}
