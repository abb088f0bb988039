/** The TLS block of everything that Gatehouse connects to: LDAP, Redis, SQL, SMTP. */
import { parseChain, parsePrivateKey } from '../values/pem.ts';
import { flag, oneOf, parsed, section, text } from './kit.ts';

const version = () => oneOf('TLS1.0', 'TLS1.1', 'TLS1.2', 'TLS1.3', 'SSL3.0');

export const tls = () =>
  section({
    /** The host of the address when absent. */
    server_name: text().optional(),
    skip_verify: flag(),
    minimum_version: version().prefault('TLS1.2'),
    maximum_version: version().prefault('TLS1.3'),
    private_key: parsed('a key', parsePrivateKey).optional(),
    certificate_chain: parsed('a certificate chain', parseChain).optional(),
  });
