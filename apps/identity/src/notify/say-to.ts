/** In which language the house writes to somebody. */
import type { Say } from '@gatehouse/words/say.ts';

/** The language that the person has chosen; `otherwise` where they have chosen none. */
export type SayTo = (username: string, otherwise: Say) => Promise<Say>;
