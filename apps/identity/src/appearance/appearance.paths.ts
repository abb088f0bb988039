/** Where language and theme are chosen, and the field that says where from. */
export const appearancePath = '/settings/language-and-theme';
export const returnField = 'then';
