/**
 * A preload (`node --import`) that leads names to loopback: LOOPBACK_NAMES=auth.example.com:443=127.0.0.1:8443,…
 *
 * It changes where a socket connects and nothing else. TLS is told the real name before that, so the certificate must be
 * the name's, and plain HTTP sends the real Host.
 */
import { Socket } from 'node:net';

type Connect = (this: Socket, ...parameters: unknown[]) => Socket;

const places = new Map(
  (process.env.LOOPBACK_NAMES ?? '')
    .split(',')
    .filter((entry) => entry !== '')
    .map((entry): [string, { host: string; port: number }] => {
      const [name, host, port] = /^([^=]+:\d+)=([^=]+):(\d+)$/.exec(entry.trim())?.slice(1) ?? [];
      if (!name || !host) throw new TypeError(`LOOPBACK_NAMES holds '${entry}', not 'name:port=address:port'`);
      return [name.toLowerCase(), { host, port: Number(port) }];
    }),
);

// Every connection of net, tls, http, https and fetch goes through this method.
const connect = Socket.prototype.connect as unknown as Connect;
const connectMapped: Connect = function connectMapped(first, ...rest) {
  // `net.connect` passes its normalised parameters as one marked array: the options stand first in it.
  const options: unknown = Array.isArray(first) ? first[0] : first;
  const place = placeOf(options);
  if (!place) return connect.call(this, first, ...rest);
  // A copy: TLS reads the name to check from the original.
  const mapped = { ...(options as object), ...place };
  if (!Array.isArray(first)) return connect.call(this, mapped, ...rest);
  const normalised = Object.assign([...first], first);
  for (const mark of Object.getOwnPropertySymbols(first)) Reflect.set(normalised, mark, Reflect.get(first, mark));
  normalised[0] = mapped;
  return connect.call(this, normalised, ...rest);
};
Object.assign(Socket.prototype, { connect: connectMapped });

function placeOf(options: unknown): { host: string; port: number } | undefined {
  if (typeof options !== 'object' || options === null || !('host' in options) || !('port' in options)) return undefined;
  return places.get(`${options.host}:${options.port}`.toLowerCase());
}
