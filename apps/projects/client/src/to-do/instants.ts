/** Instants as people say them, seen from now. */
import { dayOf, sayDay } from '../../../wire/days.ts';

export function sayInstant(at: string): string {
  const instant = new Date(at);
  const clock = instant.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `${sayDay(dayOf(instant), dayOf(new Date()))}, ${clock}`;
}
