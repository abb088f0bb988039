/** Where figures for Prometheus are read: nowhere, unless an address is named. */
import { isIP } from 'node:net';
import type { Variables } from './variables.ts';

export type MetricsSettings = { readonly host: string; readonly port: number };

const hostName = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

export function readMetrics(variables: Variables): MetricsSettings | undefined {
  const written = variables.text('LEAN_METRICS_ADDRESS', '');
  if (written === '') return undefined;
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(written) ?? [];
  const host = bracketed ?? plain;
  const isHost = bracketed === undefined ? plain === '' || hostName.test(plain ?? '') : isIP(bracketed) === 6;
  if (host !== undefined && isHost && Number(port) <= 65_535) return { host: host || '0.0.0.0', port: Number(port) };
  variables.refuse(
    'LEAN_METRICS_ADDRESS',
    `'${written}' is not an address with a port`,
    '127.0.0.1:9093, [::1]:9093, or :9093 for every address of this machine',
  );
  return undefined;
}
