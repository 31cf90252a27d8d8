import type { BitReader } from './bit-reader.ts'
import { ExiFault } from './failure.ts'
import { widthOf } from './simple-type.ts'

/** Repeated values may make a text of this many characters for each byte of the body. */
const MOST_CHARACTERS_A_BYTE = 64
/** Room for more values than this is not kept for the next body. */
const KEPT = 1_024

/**
 * The string values seen so far, EXI 1.0 section 7.3.3. Encoders of V2G do not refer back to them (a capacity of 0 is asked for),
 * but some in the field do.
 */
export class StringPartition {
  #values: string[] = []
  #qnames: number[] = []
  #count = 0
  /** By name; made when the first reference asks, since most bodies have none. */
  readonly #locals = new Map<number, string[]>()
  #indexed = 0
  #repeated = 0

  /** Forgets all values, for the next body. */
  reset() {
    if (this.#count > KEPT) {
      this.#values = []
      this.#qnames = []
    }
    if (this.#indexed > 0) this.#locals.clear()
    this.#count = 0
    this.#indexed = 0
    this.#repeated = 0
  }

  add(value: string, qname: number) {
    this.#values[this.#count] = value
    this.#qnames[this.#count++] = qname
  }

  /** A value of the same name: its number among those, in as many bits as their count needs. */
  local(reader: BitReader, qname: number): string {
    const values = this.#valuesOf(qname)
    const index = reader.bits(widthOf(values.length))
    if (index >= values.length) throw new ExiFault('partition', `no value ${index} among ${values.length} of this name`)
    return this.#repeat(reader, values[index]!)
  }

  #valuesOf(qname: number): readonly string[] {
    for (; this.#indexed < this.#count; this.#indexed++) {
      const value = this.#values[this.#indexed]!
      const list = this.#locals.get(this.#qnames[this.#indexed]!)
      if (list) list.push(value)
      else this.#locals.set(this.#qnames[this.#indexed]!, [value])
    }
    return this.#locals.get(qname) ?? []
  }

  global(reader: BitReader): string {
    const count = this.#count
    const index = reader.bits(widthOf(count))
    if (index >= count) throw new ExiFault('partition', `no value ${index} among ${count}`)
    return this.#repeat(reader, this.#values[index]!)
  }

  #repeat(reader: BitReader, value: string): string {
    this.#repeated += value.length
    if (this.#repeated > reader.length * MOST_CHARACTERS_A_BYTE) throw new ExiFault('expansion', 'values are repeated too often')
    return value
  }
}
