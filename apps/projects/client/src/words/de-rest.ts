/** What the client says in German beyond its first page, and React Aria's own words. */
export { default as aria } from 'virtual:aria-words/de-DE';
export { default as words } from 'virtual:words/de/rest';
