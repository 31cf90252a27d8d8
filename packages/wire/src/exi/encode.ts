import type { BitWriter } from './bit-writer.ts'
import { HEADER } from './decode.ts'
import { ExiFault } from './failure.ts'
import type { Production, Root, RootTable, State } from './grammar.ts'
import { type Visitor, walkComplex } from './walk.ts'
import { type WritePlace, writeSimple } from './write-simple.ts'

/**
 * Writes bodies into buffers of 8 KiB, one after the other: with the writer of the root's type where there is one and it says that nothing is
 * wrong, else by a walk along the grammar, which knows where it is.
 */
export class Encoder implements Visitor, WritePlace {
  readonly writer: BitWriter
  /** The names of the elements that are open; only the first `depth` count. */
  readonly path: string[] = []
  depth = 0
  lenient = false
  ids = new Set<string>()

  constructor(writer: BitWriter) {
    this.writer = writer
  }

  event(code: number, { width }: State) {
    this.writer.bits(code, width)
  }

  attribute({ simple, attributePath }: Production, value: unknown) {
    this.path[this.depth++] = attributePath
    writeSimple(this, simple!, value)
    this.depth--
  }

  characters({ simple }: Production, value: unknown) {
    writeSimple(this, simple!, value)
  }

  element({ name, simple, complex }: Production, value: unknown) {
    this.path[this.depth++] = name
    if (simple === undefined) walkComplex(complex!, value, this)
    else {
      // The value, then the end of the element: the first code of a state with an escape each.
      this.writer.bits(0, 1)
      writeSimple(this, simple, value)
      this.writer.bits(0, 1)
    }
    this.depth--
  }

  #begin({ width }: RootTable, { code }: Root) {
    if (this.ids.size > 0) this.ids = new Set()
    this.writer.reset()
    this.writer.bits((HEADER << width) | code, 8 + width)
  }

  /** On the short way, if there is one for what stands at the root and for this object. */
  #writeFields(table: RootTable, root: Root, value: unknown): boolean {
    const write = root.complex?.write
    if (write === undefined) return false
    this.#begin(table, root)
    try {
      return write(this, value, 0, 0)
    } catch (error) {
      if (!(error instanceof ExiFault)) throw error
      return false
    }
  }

  /** A whole document or fragment. */
  root(table: RootTable, name: string, value: unknown) {
    this.depth = 0
    this.writer.reset()
    const root = table.byKey.get(name)
    if (root === undefined) throw new ExiFault('root', `${name} cannot stand at the root`)
    if (this.#writeFields(table, root, value)) return
    this.#begin(table, root)
    this.element(root, value)
  }
}
