import type { SimpleTable, TextForm } from '../../packages/wire/src/exi/grammar-tables.ts'
import { CORRECTED_LENGTHS } from './corrections.ts'
import { attributeOf, clark, type Declaration, inside, partsOf, qnameIn, type SchemaSet, XSD } from './schema-set.ts'

/** A datatype on its way down the derivation: its built-in kind and the facets found so far. */
interface Derived {
  readonly kind: 'boolean' | 'integer' | 'string' | 'base64' | 'hex'
  readonly min: bigint | undefined
  readonly max: bigint | undefined
  readonly values: readonly string[]
  readonly minLength: number
  readonly maxLength: number
  readonly form: TextForm | undefined
}

/** `maxLength` of a type without that facet. */
const UNBOUNDED = -1
const power = (bits: number) => 2n ** BigInt(bits)
const signed = (bits: number) => [-power(bits - 1), power(bits - 1) - 1n] as const
const unsigned = (bits: number) => [0n, power(bits) - 1n] as const
const INTEGERS: Readonly<Record<string, readonly [bigint | undefined, bigint | undefined]>> = {
  byte: signed(8),
  short: signed(16),
  int: signed(32),
  long: signed(64),
  unsignedByte: unsigned(8),
  unsignedShort: unsigned(16),
  unsignedInt: unsigned(32),
  unsignedLong: unsigned(64),
  integer: [undefined, undefined],
  nonNegativeInteger: [0n, undefined],
  positiveInteger: [1n, undefined],
}
const OTHERS: Readonly<Record<string, Derived['kind']>> = {
  boolean: 'boolean',
  string: 'string',
  anyURI: 'string',
  ID: 'string',
  IDREF: 'string',
  NCName: 'string',
  token: 'string',
  base64Binary: 'base64',
  hexBinary: 'hex',
}

/** DIN 70121 declares its Ids as references (`xs:IDREF`) to nothing: those are texts. */
const FORMS: Readonly<Record<string, TextForm>> = { ID: 'id', anyURI: 'uri' }

const builtIn = (name: string): Derived => {
  const plain = { min: undefined, max: undefined, values: [], minLength: 0, maxLength: UNBOUNDED, form: FORMS[name] }
  const range = INTEGERS[name]
  if (range !== undefined) return { ...plain, kind: 'integer', min: range[0], max: range[1] }
  const kind = OTHERS[name]
  if (kind === undefined) throw new Error(`datatype xs:${name} is not known to this compiler`)
  return { ...plain, kind }
}

const restrict = (base: Derived, facet: string, value: string): Derived => {
  switch (facet) {
    case 'minInclusive':
      return { ...base, min: BigInt(value) }
    case 'maxInclusive':
      return { ...base, max: BigInt(value) }
    case 'length':
      return { ...base, minLength: Number(value), maxLength: Number(value) }
    case 'minLength':
      return { ...base, minLength: Number(value) }
    case 'maxLength':
      return { ...base, maxLength: Number(value) }
    case 'whiteSpace':
      return base
    default:
      throw new Error(`facet ${facet} is not known to this compiler`)
  }
}

const derive = (set: SchemaSet, declaration: Declaration): Derived => {
  const restriction = partsOf(declaration.node).find(({ name }) => name === 'restriction')
  if (restriction === undefined) throw new Error('a simple type that is no restriction is not known to this compiler')
  const base = attributeOf(restriction, 'base')
  const inner = partsOf(restriction).find(({ name }) => name === 'simpleType')
  let derived = base !== undefined ? namedType(set, qnameIn(restriction, base)) : derive(set, inside(declaration, inner!))
  const values: string[] = []
  for (const facet of partsOf(restriction)) {
    if (facet.name === 'simpleType' || facet.name === 'attribute') continue
    const value = attributeOf(facet, 'value') ?? ''
    if (facet.name === 'enumeration') values.push(value)
    else derived = restrict(derived, facet.name, value)
  }
  return values.length > 0 ? { ...derived, values } : derived
}

const namedType = (set: SchemaSet, name: string): Derived => {
  const prefix = clark(XSD, '')
  if (name.startsWith(prefix)) return builtIn(name.slice(prefix.length))
  const declaration = set.types.get(name)
  if (declaration === undefined) throw new Error(`type ${name} is not declared`)
  return { ...derive(set, declaration), ...CORRECTED_LENGTHS[name] }
}

/** EXI 1.0 section 7.1.5: integers of a range of at most 4096 values are coded in as many bits as that needs. */
const integerTable = ({ min, max }: Derived): SimpleTable => {
  if (min !== undefined && max !== undefined && max - min < 4096n) return ['bits', Number(min), Number(max)]
  if (min === undefined) return ['big']
  if (max === undefined) throw new Error('an integer that is unbounded on one side is not known to this compiler')
  if (max > BigInt(Number.MAX_SAFE_INTEGER)) return [min >= 0n ? 'unsignedLong' : 'long']
  return [min >= 0n ? 'unsigned' : 'integer', Number(min), Number(max)]
}

const tableOf = (derived: Derived): SimpleTable => {
  if (derived.values.length > 0) return ['enum', ...derived.values]
  if (derived.kind === 'boolean') return ['boolean']
  if (derived.kind === 'integer') return integerTable(derived)
  const { kind, minLength, maxLength, form } = derived
  return kind === 'string' && form !== undefined ? [kind, minLength, maxLength, form] : [kind, minLength, maxLength]
}

/** How the values of a simple type are coded. */
export const simpleTable = (set: SchemaSet, type: { readonly name: string } | { readonly declaration: Declaration }): SimpleTable =>
  tableOf('name' in type ? namedType(set, type.name) : derive(set, type.declaration))

/** Whether a named type is a datatype rather than one with children or attributes. */
export const isSimpleName = (set: SchemaSet, name: string): boolean =>
  name.startsWith(clark(XSD, '')) || set.types.get(name)?.node.name === 'simpleType'
