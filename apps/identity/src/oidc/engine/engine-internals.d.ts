/** What `token-alone.ts` knows of the engine's inside; the engine's own types leave it out. */
declare module 'oidc-provider/lib/helpers/weak_cache.js' {
  const internalsOf: (provider: object) => { readonly configuration?: { readonly responseTypes?: string[] } };
  export default internalsOf;
}
