/**
 * Text as it is compared by who looks for something: small letters without marks, and a space for punctuation. SQLite is given it
 * as the SQL function `search_fold`; an application that asks PostgreSQL for it makes it there, in SQL.
 */
const marks = /\p{M}/gu;
const punctuation = /[!-/:-@[-`{-~]+/g;
const isAscii = /^[\0-\x7f]*$/;

export function searchFold(text: string): string {
  const bare = isAscii.test(text) ? text : text.normalize('NFD').replace(marks, '');
  return bare.replace(punctuation, ' ').toLowerCase();
}
