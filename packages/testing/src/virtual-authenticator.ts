/** Chromium's virtual authenticator for one page (WebAuthn Level 3, 11): it holds passkeys, and its person is there and willing. */
import type { CDPSession, Page } from 'playwright-core';

export type VirtualAuthenticator = {
  /** Whether the person confirms with a PIN, a finger or the face from now on. */
  verifyUser(isVerified: boolean): Promise<void>;
  /** Whether the person touches it when asked; until then the page waits. */
  touch(isTouched: boolean): Promise<void>;
  /** Puts in a key that was made elsewhere. */
  hold(key: HeldKey): Promise<void>;
};

export type HeldKey = {
  /** base64. */
  readonly credentialId: string;
  readonly rpId: string;
  /** PKCS #8. */
  readonly privateKey: Buffer;
  /** How often it was used. */
  readonly signCount: number;
  /** As text; makes it a passkey. */
  readonly userHandle?: string;
};

/** `transport`: `usb` is a key to carry, `internal` a part of the device. */
export async function addAuthenticator(
  page: Page,
  transport: 'usb' | 'internal' = 'usb',
): Promise<VirtualAuthenticator> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport, hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  return {
    async verifyUser(isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    async touch(enabled) {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    async hold({ credentialId, rpId, privateKey, signCount, userHandle }) {
      const credential = {
        ...{ credentialId, rpId, signCount, isResidentCredential: userHandle !== undefined },
        privateKey: privateKey.toString('base64'),
        ...(userHandle !== undefined && { userHandle: Buffer.from(userHandle).toString('base64') }),
      };
      await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
  };
}
