/** What a browser sends back from a ceremony (WebAuthn Level 3, 5.1.8 and 5.1.9: the JSON forms), read and bounded. Proves nothing. */
import { z } from 'zod';

const text = z.string().regex(/^[A-Za-z0-9_-]*$/);
const credential = {
  id: text.min(1).max(1400),
  rawId: text.max(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional().catch(undefined),
};

const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(8)
      .catch([])
      .default([]),
  }),
  /** WebAuthn Level 3, 10.1.3: whether the key is discoverable, as far as the browser knows. */
  clientExtensionResults: z
    .object({ credProps: z.object({ rk: z.boolean().optional() }).optional() })
    .catch({})
    .default({}),
});

const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.max(128).nullish(),
  }),
});

export type RegistrationAnswer = z.infer<typeof registration>;
export type AssertionAnswer = z.infer<typeof assertion>;

/** Longest answer in characters: an attestation with its certificates has some thousands. */
export const answerCharactersMax = 48_000;

export const parseRegistration = (json: string): RegistrationAnswer | undefined => parse(registration, json);
export const parseAssertion = (json: string): AssertionAnswer | undefined => parse(assertion, json);

function parse<T>(schema: z.ZodType<T>, json: string): T | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  return schema.safeParse(value).data;
}
