/** `log` and `telemetry`. */
import { address, durationOr, flag, oneOf, section, text, whole } from './kit.ts';

export const log = section({
  level: oneOf('trace', 'debug', 'info', 'warn', 'error').prefault('info'),
  format: oneOf('text', 'json').prefault('text'),
  /** Empty for none; may hold `%d` and `{datetime[:layout]}`. */
  file_path: text().prefault(''),
  keep_stdout: flag(),
});

export const buffers = () => section({ read: whole().prefault(4096), write: whole().prefault(4096) }).prefault({});

export const timeouts = () =>
  section({
    read: durationOr(6),
    write: durationOr(6),
    idle: durationOr(30),
  }).prefault({});

export const listenerSchemes = ['tcp', 'tcp4', 'tcp6', 'unix', 'fd'] as const;

export const telemetry = section({
  metrics: section({
    enabled: flag(),
    address: address({ schemes: listenerSchemes, defaultScheme: 'tcp', defaultPort: 9959 }).prefault(
      'tcp://:9959/metrics',
    ),
    buffers: buffers(),
    timeouts: timeouts(),
  }).prefault({}),
});
