/** Whether a password is somebody's, by the one way there is to ask an LDAP server: a bind in their name. */
import {
  ConstraintViolationError,
  InappropriateAuthError,
  InsufficientAccessError,
  InvalidCredentialsError,
  NoSuchObjectError,
  UnwillingToPerformError,
} from 'ldapts';
import type { Connection } from './connection.ts';

/** How a server says that this password does not let this person in, whatever its reason (RFC 4511 appendix A). */
const passwordRefusals = [
  InvalidCredentialsError,
  InappropriateAuthError,
  InsufficientAccessError,
  UnwillingToPerformError,
  ConstraintViolationError,
  NoSuchObjectError,
];

/**
 * A bind without a password would succeed as nobody (RFC 4513 section 5.1.2), so none may be given. Throws what the library
 * throws when the server does not say.
 */
export async function mayBind(connection: Connection, dn: string, password: string): Promise<boolean> {
  try {
    await connection.becomePerson(dn, password);
    return true;
  } catch (cause) {
    if (passwordRefusals.some((Refusal) => cause instanceof Refusal)) return false;
    throw cause;
  }
}
