/** What the client says in French on its first page. What else it says is in `fr-rest.ts`. */
export { default as words } from 'virtual:words/fr/first';
