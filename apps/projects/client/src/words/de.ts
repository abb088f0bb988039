/** What the client says in German on its first page. What else it says is in `de-rest.ts`. */
export { default as words } from 'virtual:words/de/first';
