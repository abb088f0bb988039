/** The pages of a first owner and of local owners: plain forms, no script. Everything from outside is escaped. */
import { html } from 'hono/html';
import { type Html, type Look, layout } from '../sign-in/pages.ts';

export function ownerCodePage(look: Look, displayName: string, problem?: string): Html {
  return layout(
    look,
    'Become the owner',
    html`<div class="head"><h1>Become the owner</h1><p class="sub">of <b>${look.siteName}</b></p></div>
<form class="stack" method="post" action="/setup/owner">
${problem ? html`<p class="notice notice-danger" role="alert">${problem}</p>` : ''}
<p>Nobody owns this workspace yet. Its log holds a code; whoever types it here owns it from then on.</p>
<div class="field"><label for="code">Code</label><input class="input" id="code" name="code" type="text" required maxlength="64" autocomplete="off" autocapitalize="characters" spellcheck="false"></div>
<button class="button" type="submit">Become the owner</button>
<p class="small quiet">You are signed in as <b>${displayName}</b>. The code works once and for one hour; a restart writes another.</p>
</form>`,
  );
}

export function localSignInPage(look: Look, problem?: string): Html {
  return layout(
    look,
    'Sign in without the provider',
    html`<div class="head"><h1>Emergency sign-in</h1><p class="sub">to <b>${look.siteName}</b></p></div>
<form class="stack" method="post" action="/auth/local">
${problem ? html`<p class="notice notice-danger" role="alert">${problem}</p>` : ''}
<p>For local owners, when the sign-in service cannot be reached. Everybody else <a href="/auth/login">signs in as always</a>.</p>
<div class="field"><label for="name">Name</label><input class="input" id="name" name="name" type="text" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false"></div>
<div class="field"><label for="password">Password, as it was printed</label><input class="input" id="password" name="password" type="password" required maxlength="128" autocomplete="current-password"></div>
<button class="button" type="submit">Sign in</button>
<p class="small quiet">The password works once. Each try is written down and shown to the owners.</p>
</form>`,
  );
}
