/** Names of networks, as policies and rules use them, brought to `address/prefix`. */
import type { Stated } from '../schema/configuration.ts';
import { parseNetwork } from '../values/network.ts';

export function resolveNetworks(entries: readonly string[], stated: Stated): string[] {
  return entries.flatMap((entry) => namedNetworks(entry, stated) ?? literal(entry));
}

/** The networks behind a name of `definitions.network` or, the old place, `access_control.networks`. */
export function namedNetworks(name: string, stated: Stated): readonly string[] | undefined {
  if (Object.hasOwn(stated.definitions.network, name)) return stated.definitions.network[name];
  return stated.access_control.networks.find((each) => each.name === name)?.networks;
}

function literal(entry: string): string[] {
  const parsed = parseNetwork(entry);
  return parsed.kind === 'value' ? [parsed.value] : [];
}
