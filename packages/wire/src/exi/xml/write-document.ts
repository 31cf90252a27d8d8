import { checkSimple, type Strictness } from '../check-simple.ts'
import { ExiFault } from '../failure.ts'
import type { Production, RootTable } from '../grammar.ts'
import type { SimpleType } from '../simple-type.ts'
import { type Visitor, walkComplex } from '../walk.ts'
import { escaped, textOfValue } from './simple-text.ts'

/** Writes a message object as XML. Namespaces are declared at the root with short prefixes. */
export class XmlWriter implements Visitor {
  readonly path: string[] = []
  readonly #strictness: Strictness
  readonly #prefixes = new Map<string, string>()
  #tag = ''
  #text = ''
  #isOpen = false

  /** @param lenient lengths and forms are let be that the schema does not allow */
  constructor(lenient: boolean) {
    this.#strictness = { lenient, ids: new Set() }
  }

  event() {}

  #textOf(value: unknown, type: SimpleType): string {
    checkSimple(value, type, this.#strictness)
    return escaped(textOfValue(value, type))
  }

  #named({ name, uri }: Production): string {
    if (uri === '') return name
    const prefix = this.#prefixes.get(uri) ?? `n${this.#prefixes.size + 1}`
    this.#prefixes.set(uri, prefix)
    return `${prefix}:${name}`
  }

  #closeTag() {
    if (this.#isOpen) this.#text += '>'
    this.#isOpen = false
  }

  attribute(production: Production, value: unknown) {
    this.path.push(production.attributePath)
    this.#text += ` ${this.#named(production)}="${this.#textOf(value, production.simple!)}"`
    this.path.pop()
  }

  characters({ simple }: Production, value: unknown) {
    this.#closeTag()
    this.#text += this.#textOf(value, simple!)
  }

  element(production: Production, value: unknown) {
    const { name, simple, complex } = production
    this.path.push(name)
    this.#closeTag()
    const tag = this.#named(production)
    // The root's tag is written last, when all namespaces are known.
    if (this.path.length === 1) this.#tag = `<${tag}`
    else this.#text += `<${tag}`
    this.#isOpen = true
    if (simple !== undefined) this.characters(production, value)
    else walkComplex(complex!, value, this)
    if (this.#isOpen) this.#text += '/>'
    else this.#text += `</${tag}>`
    this.#isOpen = false
    this.path.pop()
  }

  root({ byKey }: RootTable, name: string, value: unknown): string {
    const root = byKey.get(name)
    if (root === undefined) throw new ExiFault('root', `${name} cannot stand at the root`)
    this.element(root, value)
    const declarations = [...this.#prefixes].map(([uri, prefix]) => ` xmlns:${prefix}="${escaped(uri)}"`)
    return `${this.#tag}${declarations.join('')}${this.#text}`
  }
}
