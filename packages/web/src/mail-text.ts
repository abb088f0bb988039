/** Texts on their way into and out of mail: one line for a header, and a failure that may be logged. Sends nothing. */

/** A text for one line of a mail header: control characters and line ends become spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** The same failure without the addresses a mail server likes to repeat in its answers. */
export function withoutAddresses(cause: unknown): Error {
  const { message, code } =
    cause instanceof Error
      ? { code: undefined, ...cause, message: cause.message }
      : { message: String(cause), code: undefined };
  const masked = new Error(oneLine(message).replace(/[^\s<>:;,"'()]+@[^\s<>:;,"'()]+/g, '(address)'));
  return typeof code === 'string' ? Object.assign(masked, { code }) : masked;
}
