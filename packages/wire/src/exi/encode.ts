import type { BitWriter } from './bit-writer.ts'
import { HEADER } from './decode.ts'
import { ExiFault } from './failure.ts'
import type { Production, RootTable, State } from './grammar.ts'
import { type Visitor, walkComplex } from './walk.ts'
import { writeSimple } from './write-simple.ts'

/** Writes bodies into one buffer, one after the other. */
export class Encoder implements Visitor {
  readonly writer: BitWriter
  readonly path: string[] = []

  constructor(writer: BitWriter) {
    this.writer = writer
  }

  event(code: number, { width }: State) {
    this.writer.bits(code, width)
  }

  attribute({ simple }: Production, value: unknown) {
    writeSimple(this.writer, simple!, value)
  }

  characters({ simple }: Production, value: unknown) {
    writeSimple(this.writer, simple!, value)
  }

  element(production: Production, value: unknown) {
    const { name, simple, complex } = production
    this.path.push(name)
    if (simple !== undefined) {
      // The value, then the end of the element: the first code of a state with an escape each.
      this.writer.bits(0, 1)
      writeSimple(this.writer, simple, value)
      this.writer.bits(0, 1)
    } else walkComplex(complex!, value, this)
    this.path.pop()
  }

  /** A whole document or fragment. */
  root(table: RootTable, name: string, value: unknown) {
    const root = table.byKey.get(name)
    if (root === undefined) throw new ExiFault('root', `${name} cannot stand at the root`)
    this.writer.bits(HEADER, 8)
    this.writer.bits(root.code, table.width)
    this.element(root, value)
  }
}
