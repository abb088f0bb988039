/** What the pages that ask for a security key or a passkey say. */
export const words = {
  title: 'Use your security key',
  for: 'to sign in as',
  submit: 'Use my key',
  how: 'Your browser asks for it: a key to plug in or hold against the device, or this device itself.',
  passkey: {
    title: 'Sign in with a passkey',
    continueTo: 'to continue to',
    portal: 'to your account',
    how: 'Your browser shows the passkeys it knows for this house. Choose one and confirm it as you unlock your device.',
    submit: 'Choose a passkey',
    password: 'Sign in with your password instead',
    keep: 'Keep me signed in on this device',
  },
  noScript:
    'Security keys need JavaScript, and this browser has it switched off. Switch it on for this site, or use another way.',
  browser: {
    unsupported: 'This browser does not know security keys. Use a newer browser, or another way to sign in.',
    stopped: 'That did not work: it was cancelled, it took too long, or the key is not one of this account. Try again.',
    failed: 'Your browser could not ask for the key. Load this page again, then try once more.',
    known: 'This key is one of yours already.',
  },
  not: (name: string) => `Not ${name}?`,
  another: 'Use another account',
  gone: 'That took too long, or was sent twice. Try again.',
  refused: 'That key was not accepted. Check that it is one of this account, then try again.',
  passkeyRefused: 'That passkey was not accepted. Try again, or sign in with your password.',
  copied:
    'This key may have been copied, so it is no longer accepted. Sign in another way, remove it, and tell your administrator.',
  limited: (minutes: number) =>
    `Too many attempts in a short time. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
  unavailable: 'We cannot look you up right now. Nothing is wrong with your passkey. Try again in a minute.',
  changed: (name: string) => `You are signed in as ${name} now, in another tab. Use a key of this account.`,
} as const;
