/** `access_control` and the `definitions` it and the provider refer to. */
import { anyOfAll, list, listOfWhole, named, network, oneOf, pattern, section, sections, text } from './kit.ts';

const policy = () => oneOf('bypass', 'one_factor', 'two_factor', 'deny');

const query = section({
  key: text().prefault(''),
  operator: oneOf('present', 'absent', 'equal', 'not equal', 'pattern', 'not pattern').optional(),
  /** Undefined when absent: that decides the default operator. */
  value: text().optional(),
});

export const accessControl = section({
  default_policy: policy().prefault('deny'),
  networks: sections(section({ name: text().prefault(''), networks: list(network()).prefault([]) })).prefault([]),
  rules: sections(
    section({
      domain: list(text()).prefault([]),
      domain_regex: listOfWhole(pattern()).prefault([]),
      policy: policy().optional(),
      /** Any of these lists, all of whose entries match. */
      subject: anyOfAll(text()).prefault([]),
      /** Addresses, blocks or names from `definitions.network`. */
      networks: list(text()).prefault([]),
      resources: listOfWhole(pattern()).prefault([]),
      methods: list(text()).prefault([]),
      query: sections(sections(query)).prefault([]),
    }),
  ).prefault([]),
});

export const definitions = section({
  network: named(list(network())).prefault({}),
  user_attributes: named(section({ expression: text().prefault('') })).prefault({}),
});
