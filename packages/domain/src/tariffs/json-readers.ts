/** One thing that is wrong with a document: a code for programs, the field, and a sentence for people. */
export interface JsonFault {
  readonly code: 'missing' | 'unknown' | 'type' | 'format' | 'range' | 'zone' | 'currency' | 'empty' | 'contradiction'
  /** The field, as in `elements[2].when.startTime`; empty for the document itself. */
  readonly path: string
  readonly message: string
}

/** Reads a value or adds what is wrong with it to `faults`, and never throws. */
export type Reader<Value> = (json: unknown, path: string, faults: JsonFault[]) => Value | undefined
type Read<R> = R extends Reader<infer Value> ? Value : never
type Readers = Readonly<Record<string, Reader<unknown>>>

const faulty = (faults: JsonFault[], fault: JsonFault): undefined => {
  faults.push(fault)
}

export const text =
  (maxLength: number): Reader<string> =>
  (json, path, faults) => {
    if (typeof json !== 'string') return faulty(faults, { code: 'type', path, message: 'must be a text' })
    if (json.trim() === '') return faulty(faults, { code: 'empty', path, message: 'must not be empty' })
    return json.length <= maxLength ? json : faulty(faults, { code: 'range', path, message: `must have at most ${maxLength} characters` })
  }

/** A text that `accepts`, else a fault with the code and message given. */
export const textThat =
  (accepts: (value: string) => boolean, code: JsonFault['code'], message: string): Reader<string> =>
  (json, path, faults) =>
    typeof json === 'string' && accepts(json) ? json : faulty(faults, { code: typeof json === 'string' ? code : 'type', path, message })

/** A bigint as a decimal string, since JSON numbers lose integers above 2^53. */
export const bigintIn =
  (least: bigint, most: bigint): Reader<bigint> =>
  (json, path, faults) => {
    if (typeof json !== 'string' || !/^-?\d{1,30}$/.test(json))
      return faulty(faults, { code: 'type', path, message: 'must be a whole number as a decimal string, such as "500000"' })
    const value = BigInt(json)
    return least <= value && value <= most ? value : faulty(faults, { code: 'range', path, message: `must be from ${least} to ${most}` })
  }

export const integerIn =
  (least: number, most: number): Reader<number> =>
  (json, path, faults) => {
    if (typeof json !== 'number' || !Number.isInteger(json))
      return faulty(faults, { code: 'type', path, message: 'must be a whole number' })
    return least <= json && json <= most ? json : faulty(faults, { code: 'range', path, message: `must be from ${least} to ${most}` })
  }

export const flag: Reader<boolean> = (json, path, faults) =>
  typeof json === 'boolean' ? json : faulty(faults, { code: 'type', path, message: 'must be true or false' })

export const oneOf =
  <const Word extends string>(words: readonly Word[]): Reader<Word> =>
  (json, path, faults) =>
    words.find((word) => word === json) ?? faulty(faults, { code: 'format', path, message: `must be one of ${words.join(', ')}` })

export const listOf =
  <Value>(reader: Reader<Value>, least: number, most: number): Reader<readonly Value[]> =>
  (json, path, faults) => {
    if (!Array.isArray(json)) return faulty(faults, { code: 'type', path, message: 'must be a list' })
    if (json.length < least) return faulty(faults, { code: 'empty', path, message: `must have at least ${least}` })
    if (json.length > most) return faulty(faults, { code: 'range', path, message: `must have at most ${most}` })
    const values = json.map((item: unknown, index) => reader(item, `${path}[${index}]`, faults))
    return values.every((value) => value !== undefined) ? values : undefined
  }

/** An object with these fields and no others: a misspelt price must not go unnoticed. */
export const objectOf =
  <Required extends Readers, Optional extends Readers>(required: Required, optional: Optional) =>
  (
    json: unknown,
    path: string,
    faults: JsonFault[],
  ): ({ readonly [K in keyof Required]: Read<Required[K]> } & { readonly [K in keyof Optional]?: Read<Optional[K]> }) | undefined => {
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      return faulty(faults, { code: 'type', path, message: 'must be an object' })
    const given = new Map<string, unknown>(Object.entries(json))
    const before = faults.length
    const pathOf = (key: string) => (path === '' ? key : `${path}.${key}`)
    const values = new Map<string, unknown>()
    for (const [key, value] of given) {
      const reader = Object.hasOwn(required, key) ? required[key] : Object.hasOwn(optional, key) ? optional[key] : undefined
      if (reader) values.set(key, reader(value, pathOf(key), faults))
      else faulty(faults, { code: 'unknown', path: pathOf(key), message: 'is no field of this' })
    }
    for (const key of Object.keys(required))
      if (!given.has(key)) faulty(faults, { code: 'missing', path: pathOf(key), message: 'is missing' })
    // Every required key was read without a fault, and nothing else is in the map.
    return faults.length === before
      ? (Object.fromEntries(values) as { readonly [K in keyof Required]: Read<Required[K]> } & {
          readonly [K in keyof Optional]?: Read<Optional[K]>
        })
      : undefined
  }
