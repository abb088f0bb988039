/** What the client says in French beyond its first page, and React Aria's own words. */
export { default as aria } from 'virtual:aria-words/fr-FR';
export { default as words } from 'virtual:words/fr/rest';
