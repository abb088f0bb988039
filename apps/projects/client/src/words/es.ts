/** What the client says in Spanish on its first page. What else it says is in `es-rest.ts`. */
export { default as words } from 'virtual:words/es/first';
