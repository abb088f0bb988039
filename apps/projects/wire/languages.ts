/** The languages the workspace speaks, as BCP 47 names them. English is the source of every text. */
export const languages = ['en', 'de', 'fr', 'es'] as const;
export type Language = (typeof languages)[number];

/** The cookie with the language that was chosen in this browser. */
export const languageCookie = 'language';
