/** What a page says when a request is not answered as it was meant. */
import { marked } from '@gatehouse/words/say.ts';

export const foreign = {
  code: 'request.foreign_origin',
  explanation: {
    what: 'Nothing was changed.',
    why: 'The request did not come from a page of this workspace.',
    todo: 'If it was you, do it from here. To sign out, use the button below.',
  },
  onward: { href: '/auth/logout', label: marked('Sign out') },
};

export const failed = {
  code: 'server-failed',
  explanation: {
    what: 'Something went wrong on our side.',
    why: 'The cause is in the log of the server.',
    todo: 'Try again. If it stays, tell whoever runs this workspace when it happened.',
  },
  onward: { href: '/', label: marked('Go to the workspace') },
};

export const missing = {
  code: 'not-found',
  explanation: {
    what: 'There is nothing at this address.',
    why: 'It may be mistyped, or what stood here is gone.',
    todo: 'Check the address, or go on from the first page.',
  },
  onward: { href: '/', label: marked('Go to the workspace') },
};

export const unkeepable = {
  code: 'request.unkeepable',
  explanation: {
    what: 'A character in it cannot be kept.',
    why: 'The request held a sign (NUL) that no keyboard makes.',
    todo: 'Go back and try again.',
  },
  onward: { href: '/', label: marked('Go to the workspace') },
};
