/** Behind the address of a to-do: opens it at that comment. */
export const commentHash = (id: string): string => `#comment-${id}`;
