import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SchemaName } from '../index.ts'

export interface Vector {
  readonly id: string
  readonly schema: SchemaName
  readonly fragment?: boolean | null
  readonly kind: string
  /** Written differently by us: only decoding is asked for. */
  readonly decode_only?: boolean
  /** What we write instead of a tolerated `exi_hex`. */
  readonly canonical_exi_hex?: string
  readonly xml?: string
  readonly exi_hex: string
  readonly digest_alg?: string
  readonly digest_b64?: string
}

const FIXTURES = join(import.meta.dirname, '..', 'fixtures')

/** One JSON object a line. */
export const readVectors = (name: string, folder = FIXTURES): readonly Vector[] =>
  readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line): Vector => JSON.parse(line))

/** The generated vectors of each set. */
export const SETS = [
  'app_protocol',
  'din70121',
  'iso15118-2',
  'iso15118-20_commonmessages',
  'iso15118-20_ac',
  'iso15118-20_dc',
  'iso15118-20_wpt',
  'iso15118-20_acdp',
] as const

/** The folder of recorded vectors beside this checkout, or undefined where VOLTWAY_DATA names none. */
export const recordedFolder = (data: string | undefined): string | undefined =>
  data === undefined
    ? undefined
    : [data, join(data, '..')].map((one) => join(one, 'vectors', 'iso15118', 'open')).find((one) => existsSync(one))
