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
  #repeated = 0

  add(value: string, qname: number) {
    this.#values.push(value)
    this.#qnames.push(qname)
  }

  /** A value of the same name: its number among those, in as many bits as their count needs. */
  local(reader: BitReader, qname: number): string {
    let count = 0
    for (const other of this.#qnames) if (other === qname) count++
    let index = reader.bits(widthOf(count))
    if (index >= count) throw new ExiFault('partition', `no value ${index} among ${count} of this name`)
    const at = this.#qnames.findIndex((other) => other === qname && index-- === 0)
    return this.#repeat(reader, this.#values[at]!)
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
