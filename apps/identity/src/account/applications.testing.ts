/** For tests: what somebody agreed to, as if they had answered on the consent page. */
import type { House } from './house.suite.ts';

/** alice agrees, for a week. Answers with her subject. */
export async function agree(
  { memory, subjects }: House,
  clientId: string,
  scopes: readonly string[],
  refused: string[] = [],
): Promise<string> {
  const subject = await subjects.subjectOf('alice');
  const key = { clientId, subject, scopes: new Set(scopes), audiences: ['https://api.example.com'], claims: undefined };
  await memory.remember(key, refused, 7 * 86_400);
  return subject;
}
