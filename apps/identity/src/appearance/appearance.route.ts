/**
 * Choosing language, theme and letters: a page for everybody, signed in or not. The choice is kept in this browser; of whoever
 * is signed in it is stored, too. `?lang` on any page is a choice as well.
 */
import type { IncomingMessage } from 'node:http';
import { pickLanguage } from '@gatehouse/words/languages.ts';
import { Hono, type MiddlewareHandler } from 'hono';
import { pathWith } from '../account/account.paths.ts';
import type { AccountNavigation } from '../account/places.ts';
import { readForm } from '../account/read-form.ts';
import { parseReturnPath } from '../account/return-path.ts';
import type { LookOf, PortalEnv } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import type { Sessions } from '../session/sessions.ts';
import { appearancePage } from './appearance.page.ts';
import { appearancePath, returnField } from './appearance.paths.ts';
import type { AppearanceStore } from './appearance.store.ts';
import { parseChoice, readChoice, writeChoice } from './choice.ts';

export type AppearanceServices = {
  readonly lookOf: LookOf;
  readonly languages: readonly string[];
  readonly choices: AppearanceStore;
  readonly sessions: Pick<Sessions, 'fromRequest'>;
  readonly accountNavigation: AccountNavigation;
  readonly isSecure: (req: IncomingMessage) => boolean;
};

export function appearanceRoutes(services: AppearanceServices): Hono<PortalEnv> {
  const { sessions, choices, languages } = services;
  const routes = new Hono<PortalEnv>();

  routes.get(appearancePath, async (c) => {
    const { look } = c.var;
    const session = await sessions.fromRequest(c.env.incoming);
    const page = appearancePage(look, {
      languages,
      chosen: {
        ...readChoice(c.req.header('cookie')),
        ...(c.req.query('lang') !== undefined && { language: look.say.language }),
      },
      returnTo: parseReturnPath(c.req.query(returnField)),
      saved: c.req.query('notice') === 'saved',
      ...(session && {
        account: { username: session.username, navigation: services.accountNavigation(look, 'appearance') },
      }),
    });
    return respond(c, page);
  });

  routes.post(appearancePath, async (c) => {
    const form = await readForm(c);
    const { account: _, language, ...chosen } = parseChoice({ get: (name) => form[name] ?? null });
    const offered = pickLanguage(language === undefined ? [] : [language], languages);
    const choice = { ...chosen, ...(offered !== undefined && { language: offered }) };
    const session = await sessions.fromRequest(c.env.incoming);
    if (session) await choices.keep(session.username, choice);
    const carried = { ...choice, ...(session && { account: true }) };
    c.header('Set-Cookie', writeChoice(carried, services.isSecure(c.env.incoming)), { append: true });
    const back = parseReturnPath(form[returnField]);
    return c.redirect(back ?? pathWith(appearancePath, { notice: 'saved' }), 303);
  });

  return routes;
}

/** Gives every page its look, and keeps what `?lang` chose for the pages after it. */
export function withLook({ lookOf, languages, isSecure }: AppearanceServices): MiddlewareHandler<PortalEnv> {
  return async function look(c, next) {
    const { incoming } = c.env;
    c.set('look', lookOf(incoming));
    await next();
    const asked = c.req.query('lang');
    const language = asked === undefined ? undefined : pickLanguage([asked], languages);
    if (language === undefined) return;
    const { account: _, ...choice } = readChoice(c.req.header('cookie'));
    c.header('Set-Cookie', writeChoice({ ...choice, language }, isSecure(incoming)), { append: true });
  };
}
