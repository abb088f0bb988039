/** The pages of an account that stand side by side, and the line that leads from one to the others. */

import { appearancePath } from '../appearance/appearance.paths.ts';
import type { Html, Look } from '../pages/look.ts';
import { navigation, type Place } from '../pages/navigation.ts';
import { paths } from './account.paths.ts';
import { passwordPaths } from './password.paths.ts';
import { wordsIn } from './words.ts';

export type PlaceName = 'overview' | 'password' | 'two-factor' | 'applications' | 'sessions' | 'appearance';

/** The line as it stands on the page of that name. */
export type AccountNavigation = (look: Look, here: PlaceName) => Html;

export function accountNavigation(about: { readonly mayChangePassword: boolean }): AccountNavigation {
  return function accountNavigationAt({ say }, here) {
    const { places: labels } = wordsIn(say);
    const places: (Place & { readonly name: PlaceName })[] = [
      { name: 'overview', label: labels.overview, href: '/' },
      ...(about.mayChangePassword
        ? [{ name: 'password', label: labels.password, href: passwordPaths.change } as const]
        : []),
      { name: 'two-factor', label: labels.twoFactor, href: paths.twoFactor },
      { name: 'applications', label: labels.applications, href: paths.applications },
      { name: 'sessions', label: labels.sessions, href: paths.sessions },
      { name: 'appearance', label: labels.appearance, href: appearancePath },
    ];
    return navigation(labels.label, places, here);
  };
}
