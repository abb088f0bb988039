/** Rules of clients whose tokens open applications behind the proxy: everything is written out and nothing is loose. */
import { error, type Finding } from '../problem.ts';
import { bearerScope, type ClientQuestion } from './oidc-client-question.ts';

const scopes = [bearerScope, 'offline_access', 'offline'];
const grants = ['authorization_code', 'refresh_token', 'client_credentials'];
const modes = ['form_post', 'form_post.jwt'];
const confidentialMethods = ['client_secret_basic', 'client_secret_jwt', 'private_key_jwt'];

export function checkBearerClient({ stated, client }: ClientQuestion): Finding[] {
  if (!stated.scopes?.includes(bearerScope)) return [];
  const why = `The scope '${bearerScope}'`;
  const findings: Finding[] = [];
  const demand = (holds: boolean, key: string, wanted: string): void => {
    if (!holds)
      findings.push(
        error([key], `${why} asks for ${wanted}.`, 'Write it out: nothing is filled in for such a client.'),
      );
  };
  demand(
    stated.scopes.every((scope) => scopes.includes(scope)),
    'scopes',
    'no scope beside it but offline_access',
  );
  demand((stated.grant_types ?? []).length > 0, 'grant_types', 'grant types written out');
  demand(
    (stated.grant_types ?? []).every((grant) => grants.includes(grant)),
    'grant_types',
    `grant types among ${grants.join(', ')}`,
  );
  demand(stated.audience.length > 0, 'audience', 'an audience');
  if (client.grant_types.includes('client_credentials')) return findings;
  demand(stated.require_pushed_authorization_requests, 'require_pushed_authorization_requests', 'the value true');
  demand(stated.require_pkce === true, 'require_pkce', 'the value true');
  demand(stated.pkce_challenge_method === 'S256', 'pkce_challenge_method', "the value 'S256'");
  demand(stated.consent_mode === 'explicit', 'consent_mode', "the value 'explicit'");
  demand(stated.response_types?.length === 1 && stated.response_types[0] === 'code', 'response_types', "'code' alone");
  const written = stated.response_modes ?? [];
  demand(written.length > 0 && written.every((mode) => modes.includes(mode)), 'response_modes', modes.join(' or '));
  const method = client.token_endpoint_auth_method;
  demand(
    stated.public ? method === 'none' : confidentialMethods.includes(method),
    'token_endpoint_auth_method',
    stated.public ? "'none' for a public client" : `one of ${confidentialMethods.join(', ')}`,
  );
  return findings;
}
