/** `storage`: where Gatehouse keeps what must survive. */
import { address, durationOr, section, sections, text } from './kit.ts';
import { tls } from './tls.ts';

const timeout = () => durationOr(5);
const schemes = ['tcp', 'tcp4', 'tcp6', 'unix'] as const;
const mysqlAddress = () => address({ schemes, defaultScheme: 'tcp', defaultPort: 3306 }).optional();
const postgresAddress = () => address({ schemes, defaultScheme: 'tcp', defaultPort: 5432 }).optional();

export const storage = section({
  encryption_key: text().prefault(''),
  local: section({ path: text().prefault('') }).optional(),
  mysql: section({
    address: mysqlAddress(),
    database: text().prefault(''),
    username: text().prefault(''),
    password: text().prefault(''),
    timeout: timeout(),
    tls: tls().optional(),
  }).optional(),
  postgres: section({
    address: postgresAddress(),
    database: text().prefault(''),
    schema: text().prefault('public'),
    username: text().prefault(''),
    password: text().prefault(''),
    timeout: timeout(),
    tls: tls().optional(),
    servers: sections(section({ address: postgresAddress(), tls: tls().optional() })).prefault([]),
    /** The old spelling of `tls`, with paths instead of PEM text. */
    ssl: section({
      mode: text().prefault('disable'),
      root_certificate: text().prefault(''),
      certificate: text().prefault(''),
      key: text().prefault(''),
    }).optional(),
  }).optional(),
});
