import type { SimpleTable, TextForm } from './grammar-tables.ts'

/** A datatype, ready to be read and written. */
export interface SimpleType {
  readonly kind: SimpleTable[0]
  readonly width: number
  /** All values take `width` bits: boolean, enumerations, n-bit integers. */
  readonly isFixed: boolean
  /** Of numbers their values, of texts and binary values their lengths; infinite where there is no bound. */
  readonly min: number
  readonly max: number
  readonly form: TextForm | undefined
  readonly values: readonly string[]
  /** By what is given, whatever that is. */
  readonly codes: ReadonlyMap<unknown, number>
}

/** Bits that hold any of `count` different codes. */
export const widthOf = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1))

const hasLength = (kind: SimpleTable[0]): boolean => kind === 'string' || kind === 'base64' || kind === 'hex'

/** Makes a datatype of its table. */
export const linkSimple = (table: SimpleTable): SimpleType => {
  const [kind] = table
  const values = table[0] === 'enum' ? table.slice(1) : []
  const [min, max] =
    table[0] === 'enum' || table.length < 3
      ? [0, 0]
      : [Number(table[1]), table[2] === -1 && hasLength(kind) ? Number.POSITIVE_INFINITY : Number(table[2])]
  const width = kind === 'bits' ? widthOf(max - min + 1) : kind === 'enum' ? widthOf(values.length) : 1
  const isFixed = kind === 'boolean' || kind === 'enum' || kind === 'bits'
  const form = table[0] === 'string' ? table[3] : undefined
  return { kind, width, isFixed, min, max, form, values, codes: new Map(values.map((value, code) => [value, code])) }
}
