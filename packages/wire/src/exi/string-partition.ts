import type { BitReader } from './bit-reader.ts'
import { ExiFault } from './failure.ts'
import { widthOf } from './grammar.ts'

/** Repeated values may make a text of this many characters for each byte of the body. */
const MOST_CHARACTERS_A_BYTE = 64

/**
 * The string values seen so far, EXI 1.0 section 7.3.3. Encoders of V2G do not refer back to them (a capacity of 0 is asked for),
 * but some in the field do.
 */
export class StringPartition {
  readonly #values: string[] = []
  readonly #qnames: number[] = []
  /** By name; made when the first reference asks, since most bodies have none. */
  readonly #locals = new Map<number, string[]>()
  #indexed = 0
  #repeated = 0

  add(value: string, qname: number) {
    this.#values.push(value)
    this.#qnames.push(qname)
  }

  /** A value of the same name: its number among those, in as many bits as their count needs. */
  local(reader: BitReader, qname: number): string {
    const values = this.#valuesOf(qname)
    const index = reader.bits(widthOf(values.length))
    if (index >= values.length) throw new ExiFault('partition', `no value ${index} among ${values.length} of this name`)
    return this.#repeat(reader, values[index]!)
  }

  #valuesOf(qname: number): readonly string[] {
    for (; this.#indexed < this.#values.length; this.#indexed++) {
      const value = this.#values[this.#indexed]!
      const list = this.#locals.get(this.#qnames[this.#indexed]!)
      if (list) list.push(value)
      else this.#locals.set(this.#qnames[this.#indexed]!, [value])
    }
    return this.#locals.get(qname) ?? []
  }

  global(reader: BitReader): string {
    const count = this.#values.length
    const index = reader.bits(widthOf(count))
    if (index >= count) throw new ExiFault('partition', `no value ${index} among ${count}`)
    return this.#repeat(reader, this.#values[index]!)
  }

  #repeat(reader: BitReader, value: string): string {
    this.#repeated += value.length
    if (this.#repeated > reader.bytes.length * MOST_CHARACTERS_A_BYTE) throw new ExiFault('expansion', 'values are repeated too often')
    return value
  }
}
