/** What stands opposite the mark on the pages of an account between which one goes to and fro: who is signed in, and the way out. */
import { html } from 'hono/html';
import type { Html, Look } from './look.ts';
import { wordsIn } from './words.ts';

export function accountCorner({ say }: Look, username: string): Html {
  return html`<div class="corner"><span class="small quiet">${username}</span><a class="button button-quiet button-small" href="/logout">${wordsIn(say).signOut}</a></div>`;
}
