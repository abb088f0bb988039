/**
 * A machine's token at userinfo is no unknown token: it lacks the scope openid, which no machine can have (RFC 6750 section
 * 3.1; Authelia 2.9). The engine looks for persons' tokens there; when it finds none it is shown the machine's, and says so.
 */
import { Provider } from 'oidc-provider';

type Find = (this: unknown, shown: unknown, options?: object) => Promise<unknown>;

export function tellMachinesAtUserinfo(provider: Provider): void {
  const persons = provider.AccessToken as unknown as { find: Find };
  const machines = provider.ClientCredentials as unknown as { find: Find };
  const { find } = persons;
  persons.find = async function findAlsoMachines(shown, options) {
    const found = await find.call(this, shown, options);
    return found ?? (Provider.ctx?.oidc.route === 'userinfo' ? machines.find(shown, options) : undefined);
  };
}
