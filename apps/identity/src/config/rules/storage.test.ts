import { keyText, minimal } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const sql = { address: 'tcp://db.example.com', database: 'gatehouse', username: 'gatehouse', password: 'p' };
const postgres = (more: object) => ({ storage: { local: undefined, postgres: { ...sql, ...more } } });
const chain = keyText('ec.chain.pem');
const key = keyText('ec.sec1.pem');
const tls = 'storage.postgres.tls';

testRules(minimal(), [
  ['a key of twenty characters is accepted', { storage: { encryption_key: 'x'.repeat(20) } }],
  ['a shorter key is refused', { storage: { encryption_key: 'x'.repeat(19) } }, 'error storage.encryption_key'],
  ['a key is there', { storage: { encryption_key: undefined } }, 'error storage.encryption_key'],
  ['a storage is chosen', { storage: { local: undefined } }, 'error storage'],
  ['one storage is chosen', { storage: { postgres: sql } }, 'error storage'],
  ['SQLite has a path', { storage: { local: { path: '' } } }, 'error storage.local.path'],
  ['PostgreSQL is accepted', postgres({})],
  [
    'PostgreSQL has an address, a database and a user',
    postgres({ address: undefined, database: undefined, username: undefined }),
    'error storage.postgres.address',
    'error storage.postgres.database',
    'error storage.postgres.username',
  ],
  ['MySQL is accepted', { storage: { local: undefined, mysql: sql } }],
  [
    'further servers have an address',
    postgres({ servers: [{ address: 'tcp://b:5432' }, {}] }),
    'error storage.postgres.servers[1].address',
  ],
  ['the old section is warned about', postgres({ ssl: { mode: 'require' } }), 'warning storage.postgres.ssl'],
  [
    'the old section knows its modes',
    postgres({ ssl: { mode: 'prefer' } }),
    'warning storage.postgres.ssl',
    'error storage.postgres.ssl.mode',
  ],
  [
    'the old section does not stand beside the new',
    postgres({ ssl: { mode: 'require' }, tls: {} }),
    'error storage.postgres.ssl',
  ],
  ['a client certificate with its key is accepted', postgres({ tls: { private_key: key, certificate_chain: chain } })],
  ['a client certificate needs its key', postgres({ tls: { certificate_chain: chain } }), `error ${tls}`],
  ['a client key needs its certificate', postgres({ tls: { private_key: key } }), `error ${tls}`],
  [
    'a client certificate is for its key',
    postgres({ tls: { private_key: keyText('rsa.pem'), certificate_chain: chain } }),
    `error ${tls}.certificate_chain`,
  ],
  ['one version may be both bounds', postgres({ tls: { minimum_version: 'TLS1.3', maximum_version: 'TLS1.3' } })],
  [
    'the lowest version is not above the highest',
    postgres({ tls: { minimum_version: 'TLS1.3', maximum_version: 'TLS1.2' } }),
    `error ${tls}.minimum_version`,
  ],
  ['SSL 3.0 is refused', postgres({ tls: { minimum_version: 'SSL3.0' } }), `error ${tls}.minimum_version`],
]);
