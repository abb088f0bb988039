/** What the client says in Spanish beyond its first page, and React Aria's own words. */
export { default as aria } from 'virtual:aria-words/es-ES';
export { default as words } from 'virtual:words/es/rest';
