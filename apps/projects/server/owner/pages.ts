/** The pages of a first owner and of local owners: plain forms, no script. Everything from outside is escaped. */
import { html } from 'hono/html';
import { bold, type Html, type Look, layout } from '../sign-in/pages.ts';

export function ownerCodePage(look: Look, displayName: string, problem?: string): Html {
  const { say } = look;
  return layout(
    look,
    say('Become the owner'),
    html`<div class="head"><h1>${say('Become the owner')}</h1><p class="sub">${say.parts('of {site}', { site: bold(look.siteName) })}</p></div>
<form class="stack" method="post" action="/setup/owner">
${problem ? html`<p class="notice notice-danger" role="alert">${say.marked(problem)}</p>` : ''}
<p>${say('Nobody owns this workspace yet. Its log holds a code; whoever types it here owns it from then on.')}</p>
<div class="field"><label for="code">${say('Code')}</label><input class="input" id="code" name="code" type="text" required maxlength="64" autocomplete="off" autocapitalize="characters" spellcheck="false"></div>
<button class="button" type="submit">${say('Become the owner')}</button>
<p class="small quiet">${say.parts('You are signed in as {name}. The code works once and for one hour; a restart writes another.', { name: bold(displayName) })}</p>
</form>`,
  );
}

export function localSignInPage(look: Look, problem?: string): Html {
  const { say } = look;
  const asAlways = html`<a href="/auth/login">${say('signs in as always')}</a>`;
  return layout(
    look,
    say('Sign in without the provider'),
    html`<div class="head"><h1>${say('Emergency sign-in')}</h1><p class="sub">${say.parts('to {site}', { site: bold(look.siteName) })}</p></div>
<form class="stack" method="post" action="/auth/local">
${problem ? html`<p class="notice notice-danger" role="alert">${say.marked(problem)}</p>` : ''}
<p>${say.parts('For local owners, when the sign-in service cannot be reached. Everybody else {signsIn}.', { signsIn: asAlways })}</p>
<div class="field"><label for="name">${say('Name')}</label><input class="input" id="name" name="name" type="text" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false"></div>
<div class="field"><label for="password">${say('Password, as it was printed')}</label><input class="input" id="password" name="password" type="password" required maxlength="128" autocomplete="current-password"></div>
<button class="button" type="submit">${say('Sign in')}</button>
<p class="small quiet">${say('The password works once. Each try is written down and shown to the owners.')}</p>
</form>`,
  );
}
