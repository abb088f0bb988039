/** What the forms of an account send, read: fields, the intent they carry, and the choices among kinds of codes. */
import type { Context } from 'hono';
import { type TotpParameters, totpAlgorithms } from '../sign-in/totp/totp.code.ts';
import type { Totp } from '../sign-in/totp/totp.verify.ts';
import { type Intent, returnField } from './account.paths.ts';
import { parseReturnPath } from './return-path.ts';

export type Form = Readonly<Record<string, string | undefined>>;

export async function readForm(c: Context): Promise<Form> {
  const body = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}

const idCharactersMax = 64;
const actions = ['add', 'remove', 'password', 'add-key', 'change-key', 'recovery', 'forget-push'] as const;

export function intentOf(form: Form): Intent {
  const action = actions.find((each) => each === form.action) ?? 'add';
  const key = form.key?.slice(0, idCharactersMax);
  return { action, returnTo: parseReturnPath(form[returnField]), ...(key && { key }) };
}

/** What the form chose, each field only as far as the configuration allows it. */
export function chosenParameters(form: Form, { options }: Totp): TotpParameters {
  const among = <T extends string | number>(allowed: readonly T[], text: string | undefined, preset: T): T =>
    allowed.find((each) => String(each) === text) ?? preset;
  return {
    algorithm: among(
      totpAlgorithms.filter((each) => options.allowedAlgorithms.includes(each)),
      form.algorithm,
      options.algorithm,
    ),
    digits: among(options.allowedDigits, form.digits, options.digits),
    periodSeconds: among(options.allowedPeriodsSeconds, form.period, options.periodSeconds),
  };
}
