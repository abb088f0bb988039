/** Where files of to-dos are kept and how large they may be, in Leantime's variables. */
import { dirname, join } from 'node:path';
import type { DatabaseLocation } from '@gatehouse/storage/database.ts';
import { isSecureEnough } from '@gatehouse/web/localhost-names.ts';
import type { S3Settings } from '../files/s3-store.ts';
import type { Variables } from './variables.ts';

export type FileSettings = {
  readonly folder: string;
  /** Undefined: in the folder. */
  readonly s3: S3Settings | undefined;
  readonly fileBytesMax: number;
  readonly projectBytesMax: number;
};

const megabyte = 1_000_000;

export function readFiles(variables: Variables, database: DatabaseLocation): FileSettings {
  const beside = database.dialect === 'sqlite' ? join(dirname(database.path), 'userfiles') : 'userfiles';
  return {
    folder: variables.text('LEAN_USER_FILE_PATH', '') || beside,
    s3: variables.flag('LEAN_USE_S3', false) ? readS3(variables) : undefined,
    fileBytesMax: variables.wholeNumber('LEAN_FILE_MEGABYTES_MAX', 25, { min: 1, max: 1_000 }) * megabyte,
    projectBytesMax:
      variables.wholeNumber('LEAN_PROJECT_FILES_MEGABYTES_MAX', 2_000, { min: 1, max: 1_000_000 }) * megabyte,
  };
}

function readS3(variables: Variables): S3Settings {
  const required = (name: string, value: string, right: string): string => {
    if (!value) variables.refuse(name, 'it is not set, and LEAN_USE_S3 needs it', right);
    return value;
  };
  const region = variables.text('LEAN_S3_REGION', '') || 'us-east-1';
  return {
    key: required('LEAN_S3_KEY', variables.secret('LEAN_S3_KEY'), 'the access key'),
    secret: required('LEAN_S3_SECRET', variables.secret('LEAN_S3_SECRET'), 'the secret key'),
    bucket: required('LEAN_S3_BUCKET', variables.text('LEAN_S3_BUCKET', ''), 'the name of the bucket'),
    region,
    endPoint: readEndPoint(variables, region),
    pathStyle: variables.flag('LEAN_S3_USE_PATH_STYLE_ENDPOINT', false),
    folder: variables.text('LEAN_S3_FOLDER_NAME', ''),
  };
}

function readEndPoint(variables: Variables, region: string): string {
  const url = variables.url('LEAN_S3_END_POINT');
  if (!url) return `https://s3.${region}.amazonaws.com`;
  if (!isSecureEnough(url))
    variables.refuse(
      'LEAN_S3_END_POINT',
      `'${url.origin}' is not https`,
      'an address such as https://s3.example.com; plain http is taken for names under localhost only',
    );
  return url.origin;
}
