import type { SimpleTable } from '../../packages/wire/src/exi/grammar-tables.ts'
import { PRODUCTION } from '../../packages/wire/src/exi/grammar-tables.ts'
import { type AttributeModel, byName, type ComplexModel, type ElementModel, type Particle } from './model.ts'

export interface ProductionModel {
  readonly kind: number
  readonly of: AttributeModel | ElementModel | SimpleTable | undefined
  readonly next: number
}

export interface StateModel {
  loops: number
  limit: number
  after: number
  productions: readonly ProductionModel[]
}

/** What is still to come, as a linked list: a particle and its occurrences, then the rest. */
type Rest =
  | { readonly particle: Particle; readonly min: number; readonly max: number; readonly then: Rest; readonly loop: boolean }
  | 'end'
  | 'text'

/** From here on optional copies of an element share one state that counts, instead of a state each. */
const COUNTED = 3

const less = (rest: Exclude<Rest, string>, loop: boolean): Rest =>
  rest.max === 1 ? rest.then : { ...rest, min: Math.max(rest.min - 1, 0), max: rest.max - 1, loop }

/**
 * The states of a type, EXI 1.0 sections 8.5.4.1 and 8.5.4.2: attributes by name, then particles in the order of the schema, then the end.
 * State 0 is where the type begins.
 */
export const statesOf = (type: ComplexModel): readonly StateModel[] => {
  const states: StateModel[] = []
  const known = new Map<string, number>()
  const ids = new Map<Particle, number>()
  const idOf = (particle: Particle) => {
    const id = ids.get(particle) ?? ids.size
    ids.set(particle, id)
    return id
  }
  const keyOf = (rest: Rest): string =>
    typeof rest === 'string' ? rest : `${idOf(rest.particle)}:${rest.min}:${rest.max}:${rest.loop}/${keyOf(rest.then)}`

  /** Makes the state once; productions come after its number is known, since they may lead back to it. */
  const state = (key: string, build: (made: StateModel) => readonly ProductionModel[]): number => {
    const index = known.get(key)
    if (index !== undefined) return index
    const made: StateModel = { loops: 0, limit: 0, after: 0, productions: [] }
    known.set(key, states.length)
    states.push(made)
    made.productions = build(made)
    return states.indexOf(made)
  }

  const end = (kind: number, of: SimpleTable | undefined = undefined, next = 0): ProductionModel => ({ kind, of, next })

  const first = (rest: Rest, open: ReadonlySet<string>): readonly ProductionModel[] => {
    if (rest === 'end') return [end(PRODUCTION.end)]
    if (rest === 'text') return [end(PRODUCTION.characters, type.text, contentState('end'))]
    const key = keyOf(rest)
    if (open.has(key)) return []
    const inner = new Set([...open, key])
    const { particle, min, max, then } = rest
    const skipped = min === 0 ? first(then, inner) : []
    if (particle.kind === 'element') {
      const counted = max - 1 >= COUNTED && Number.isFinite(max) && min <= 1
      const next = contentState(less(rest, counted))
      return [...particle.members.map((of) => ({ kind: PRODUCTION.element, of, next })), ...skipped]
    }
    if (particle.kind === 'any') return [{ kind: PRODUCTION.wildcard, of: undefined, next: contentState(less(rest, false)) }, ...skipped]
    const again = less(rest, false)
    const enter = (parts: readonly Particle[]): Rest =>
      parts.reduceRight<Rest>((then, part) => ({ particle: part, min: part.min, max: part.max, then, loop: false }), again)
    const ways = particle.kind === 'sequence' ? [particle.parts] : particle.parts.map((part) => [part])
    return [...ways.flatMap((way) => first(enter(way), inner)), ...skipped]
  }

  const ordered = (productions: readonly ProductionModel[], self: number | undefined): readonly ProductionModel[] => {
    const all = type.mixed && self !== undefined ? [...productions, end(PRODUCTION.mixed, undefined, self)] : [...productions]
    const distinct = all.filter((one, index) => {
      const same = all.findIndex(({ kind, of }) => kind === one.kind && of === one.of)
      if (same !== index && all[same]!.next !== one.next && one.kind !== PRODUCTION.end) throw new Error(`${type.name} is ambiguous`)
      return same === index
    })
    return distinct.sort((a, b) => a.kind - b.kind)
  }

  const contentState = (rest: Rest): number =>
    state(keyOf(rest), (made) => {
      if (typeof rest !== 'string' && rest.loop && rest.particle.kind === 'element') {
        made.loops = rest.particle.members.length
        made.limit = rest.max
        made.after = contentState(rest.then)
        const self = states.indexOf(made)
        const again = rest.particle.members.map((of) => ({ kind: PRODUCTION.element, of, next: self }))
        return [...again, ...ordered(first(rest.then, new Set()), undefined)]
      }
      return ordered(first(rest, new Set()), states.indexOf(made))
    })

  const content: Rest = type.text
    ? 'text'
    : type.content.reduceRight<Rest>((then, particle) => ({ particle, min: particle.min, max: particle.max, then, loop: false }), 'end')
  const attributes = [...type.attributes].sort(byName)
  const attributeState = (index: number): number => {
    if (index === attributes.length && index > 0) return contentState(content)
    return state(`attribute ${index}`, () => {
      const productions: ProductionModel[] = []
      let at = index
      for (; at < attributes.length; at++) {
        productions.push({ kind: PRODUCTION.attribute, of: attributes[at]!, next: attributeState(at + 1) })
        if (attributes[at]!.required) return productions
      }
      return [...productions, ...ordered(first(content, new Set()), type.mixed ? contentState(content) : undefined)]
    })
  }
  attributeState(0)
  return states
}
