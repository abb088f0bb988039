/** What the list around a card shows, for what goes by the card's place in it. Asked when it is needed, so that nothing draws again. */
import { createContext } from 'react';
import type { Card } from '../../../wire/to-do.ts';

export const ShownCards = createContext<() => readonly Card[]>(() => []);
