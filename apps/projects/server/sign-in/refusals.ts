/** What people are told when a sign-in is refused here, after or without a word from the provider. */
import type { SettleRefusal } from '../people/settle.ts';
import { SignInFailure } from './failure.ts';

export function transactionMissing(): SignInFailure {
  return new SignInFailure('transaction-missing', {
    what: 'This sign-in is no longer under way.',
    why: 'It took too long, began in another browser, or your browser keeps no cookies for this site.',
    todo: 'Sign in again. If it happens every time, allow cookies for this site.',
    administrator: 'No sign-in cookie fits the state. It is sent only to the very address in LEAN_APP_URL.',
  });
}

export function transactionUsed(): SignInFailure {
  return new SignInFailure('transaction-used', {
    what: 'This sign-in was already finished.',
    why: 'Its answer can be used once; the page was loaded again.',
    todo: 'Go on to the workspace, or sign in again.',
  });
}

export function settleFailure(reason: SettleRefusal): SignInFailure {
  switch (reason) {
    case 'unknown-person':
      return new SignInFailure(reason, {
        what: 'You have no account here.',
        why: 'The sign-in service knows you, this workspace does not.',
        todo: 'Ask whoever runs this workspace to let you in.',
        administrator: 'LEAN_OIDC_CREATE_USER=true makes an account at the first sign-in.',
      });
    case 'email-taken':
      return new SignInFailure(reason, {
        what: 'Your mail address belongs to another account.',
        why: 'Somebody here already signs in with it under another identity.',
        todo: 'Sign in with the identity you used before, or ask whoever runs this workspace.',
        administrator: 'Accounts follow issuer and subject, not the address. Change the address of the older account.',
      });
    case 'email-not-verified':
      return new SignInFailure(reason, {
        what: 'Your mail address is not confirmed.',
        why: 'The sign-in service does not say that it is yours.',
        todo: 'Confirm the address there, then sign in again.',
        administrator:
          "The claim 'email_verified' is not true. LEAN_OIDC_TRUST_EMAIL=true trusts the provider's addresses without it.",
      });
    case 'deactivated':
      return new SignInFailure(reason, {
        what: 'Your account here is closed.',
        why: 'An admin of this workspace closed it.',
        todo: 'Ask an admin of the workspace to open it again.',
      });
    case 'link-needs-owner':
      return new SignInFailure(reason, {
        what: 'This account cannot be joined by its address.',
        why: 'It may administer the workspace, so a mail address alone does not open it.',
        todo: 'Ask an owner of the workspace.',
      });
  }
}
