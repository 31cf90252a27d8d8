import { PRODUCTION, type SimpleTable } from '../../packages/wire/src/exi/grammar-tables.ts'
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

/** A particle with the occurrences that are still to come, and what follows it. `loop`: they share one state that counts. */
interface Pending {
  readonly particle: Particle
  readonly min: number
  readonly max: number
  readonly then: Rest
  readonly loop: boolean
}
type Rest = Pending | 'end' | 'text'

/** A type whose states are being made. */
interface Building {
  readonly type: ComplexModel
  readonly states: StateModel[]
  readonly known: Map<string, number>
  readonly ids: Map<Particle, number>
}

/** From here on optional copies of an element share one state that counts, instead of a state each. */
const COUNTED = 3

const sequenceOf = (particles: readonly Particle[], end: Rest): Rest =>
  particles.reduceRight<Rest>((then, particle) => ({ particle, min: particle.min, max: particle.max, then, loop: false }), end)

/** What is still to come after one occurrence. */
const after = (rest: Pending, loop: boolean): Rest =>
  rest.max === 1 ? rest.then : { ...rest, min: Math.max(rest.min - 1, 0), max: rest.max - 1, loop }

const keyOf = ({ ids }: Building, rest: Rest): string => {
  const parts: string[] = []
  let at = rest
  for (; typeof at !== 'string'; at = at.then) {
    const id = ids.get(at.particle) ?? ids.size
    ids.set(at.particle, id)
    parts.push(`${id}:${at.min}:${at.max}:${at.loop}`)
  }
  return [...parts, at].join('/')
}

/** Makes a state once; its productions come after its number is known, since they may lead back to it. */
const stateFor = (building: Building, key: string, fill: (made: StateModel, index: number) => readonly ProductionModel[]): number => {
  const known = building.known.get(key)
  if (known !== undefined) return known
  const made: StateModel = { loops: 0, limit: 0, after: 0, productions: [] }
  const index = building.states.push(made) - 1
  building.known.set(key, index)
  made.productions = fill(made, index)
  return index
}

/** The productions with which what is still to come can begin. `open` guards groups that can be empty and repeat. */
const firstOf = (building: Building, rest: Rest, open: ReadonlySet<string>): readonly ProductionModel[] => {
  if (rest === 'end') return [{ kind: PRODUCTION.end, of: undefined, next: 0 }]
  if (rest === 'text') return [{ kind: PRODUCTION.characters, of: building.type.text, next: contentState(building, 'end') }]
  const key = keyOf(building, rest)
  if (open.has(key)) return []
  const inner = new Set([...open, key])
  const { particle, min, max, then } = rest
  const skipped = min === 0 ? firstOf(building, then, inner) : []
  if (particle.kind === 'element') {
    const isCounted = max - 1 >= COUNTED && Number.isFinite(max) && min <= 1
    const next = contentState(building, after(rest, isCounted))
    return [...particle.members.map((of) => ({ kind: PRODUCTION.element, of, next })), ...skipped]
  }
  const again = after(rest, false)
  if (particle.kind === 'any') return [{ kind: PRODUCTION.wildcard, of: undefined, next: contentState(building, again) }, ...skipped]
  const ways = particle.kind === 'sequence' ? [particle.parts] : particle.parts.map((part) => [part])
  return [...ways.flatMap((way) => firstOf(building, sequenceOf(way, again), inner)), ...skipped]
}

/** Productions in the order of their event codes, each once; a mixed type takes text everywhere. `self` is the state they stand in. */
const inOrder = ({ type }: Building, productions: readonly ProductionModel[], self: number): readonly ProductionModel[] => {
  const all = type.mixed ? [...productions, { kind: PRODUCTION.mixed, of: undefined, next: self }] : [...productions]
  const distinct = all.filter((one, index) => {
    const first = all.findIndex(({ kind, of }) => kind === one.kind && of === one.of)
    if (all[first]!.next !== one.next && one.kind !== PRODUCTION.end) throw new Error(`${type.name} is ambiguous`)
    return first === index
  })
  return distinct.sort((a, b) => a.kind - b.kind)
}

const contentState = (building: Building, rest: Rest): number =>
  stateFor(building, keyOf(building, rest), (made, self) => {
    if (typeof rest === 'string' || !rest.loop || rest.particle.kind !== 'element')
      return inOrder(building, firstOf(building, rest, new Set()), self)
    const { members } = rest.particle
    made.loops = members.length
    made.limit = rest.max
    made.after = contentState(building, rest.then)
    const again = members.map((of) => ({ kind: PRODUCTION.element, of, next: self }))
    return [...again, ...inOrder(building, firstOf(building, rest.then, new Set()), self)]
  })

/** The state before the attribute of a number: it, optional ones behind it, and the content if all the rest is optional. */
const attributeState = (building: Building, attributes: readonly AttributeModel[], index: number): number => {
  const { type } = building
  const content: Rest = type.text ? 'text' : sequenceOf(type.content, 'end')
  if (index === attributes.length && index > 0) return contentState(building, content)
  return stateFor(building, `attribute ${index}`, () => {
    const productions: ProductionModel[] = []
    for (let at = index; at < attributes.length; at++) {
      const of = attributes[at]!
      productions.push({ kind: PRODUCTION.attribute, of, next: attributeState(building, attributes, at + 1) })
      if (of.required) return productions
    }
    const first = firstOf(building, content, new Set())
    return [...productions, ...inOrder(building, first, type.mixed ? contentState(building, content) : 0)]
  })
}

/**
 * The states of a type, EXI 1.0 sections 8.5.4.1 and 8.5.4.2: attributes by name, then particles in the order of the schema, then the end.
 * State 0 is where the type begins.
 */
export const statesOf = (type: ComplexModel): readonly StateModel[] => {
  const building: Building = { type, states: [], known: new Map(), ids: new Map() }
  attributeState(building, [...type.attributes].sort(byName), 0)
  return building.states
}
