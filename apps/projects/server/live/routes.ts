/** The address of live pages. For people who are signed in by a session alone: an access token opens no stream. */
import type { Context } from 'hono';
import { answerRefusal } from '../api/json.ts';
import { isRefusal } from '../api/refusal.ts';
import type { Feature } from '../app.ts';
import type { Person } from '../people/person.ts';
import { refuseOther, requirePerson } from '../session/person.ts';
import type { Live } from './live.ts';

export const livePath = '/api/live';

/** `identify`: who comes with this session, asked again while the stream is open. */
export function liveFeature(live: Live, identify: (c: Context) => Promise<Person | undefined>): Feature {
  return function mountLive(app) {
    app.get(livePath, requirePerson, async (c) => {
      const person = c.get('person');
      // The browser's own stream sends no header of ours.
      const meant = c.req.query('person');
      const refused = meant !== undefined && refuseOther(c, person, meant);
      if (refused) return refused;
      const stillHere = async (): Promise<boolean> => (await identify(c))?.id === person.id;
      const opened = await live.open(person, readAfter(c), stillHere);
      return isRefusal(opened) ? answerRefusal(c, opened) : opened;
    });
  };
}

/** The browser's own header when it comes back by itself; the address when the page begins. */
function readAfter(c: Context): number | undefined {
  const text = c.req.header('last-event-id') || c.req.query('after') || '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
