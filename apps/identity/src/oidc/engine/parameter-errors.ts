/** What is wrong with a request, as the protocol's error for it. The sentences are the engine's own where it has one. */
import { errors } from 'oidc-provider';
import { deviceCodeGrant } from '../../config/values/algorithms.ts';
import type { ParameterFault } from '../clients/parameters.ts';
import type { Misfit } from '../clients/still-fits.ts';
import { withFault } from '../refusals/refusals.ts';

export function parameterError(fault: ParameterFault): errors.OIDCProviderError {
  return withFault(errorOf(fault), fault);
}

export function misfitError(misfit: Misfit): errors.OIDCProviderError {
  switch (misfit.kind) {
    case 'redirect-uri':
      return new errors.InvalidRedirectUri();
    case 'push':
      return new errors.InvalidRequest('Pushed Authorization Request must be used');
    case 'response-type':
      return new errors.InvalidRequest('requested response_type is not allowed for this client');
    case 'response-mode':
      return new errors.InvalidRequest('requested response_mode is not allowed for this client or request');
    case 'pkce':
      return new errors.InvalidRequest('Authorization Server policy requires PKCE to be used for this request');
    case 'grant':
      return new errors.UnauthorizedClient(`${deviceCodeGrant} is not allowed for this client`);
    default:
      return parameterError(misfit);
  }
}

function errorOf(fault: ParameterFault): errors.OIDCProviderError {
  switch (fault.kind) {
    case 'scope-unregistered':
      return new errors.InvalidScope('requested scope is not allowed', fault.scope);
    case 'audience-unregistered':
      return new errors.InvalidTarget(`the ${fault.name} is not registered for this client`);
    case 'state-missing':
      return new errors.InvalidRequest('missing required parameter state');
    case 'too-short':
      return new errors.InvalidRequest(`${fault.name} must have at least ${fault.charactersMin} characters`);
    case 'challenge-method':
      return new errors.InvalidRequest(`code_challenge_method must be ${fault.registered} for this client`);
  }
}
