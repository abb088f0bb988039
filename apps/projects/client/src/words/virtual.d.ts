/** Made by `build-words.ts` from what React Aria brings. */
declare module 'virtual:aria-words/*' {
  const words: Readonly<Record<string, object>>;
  export default words;
}
/** Made by `build-words.ts` from `apps/projects/words`. */
declare module 'virtual:words/*' {
  const words: Readonly<Record<string, string>>;
  export default words;
}
