type Random = () => number
type Fields = Record<string, unknown>

const wholeBelow = (random: Random, count: number): number => Math.floor(random() * count)
const pick = <Thing>(random: Random, things: readonly Thing[]): Thing => things[wholeBelow(random, things.length)]!

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)

/** Values that hardly any type holds, and some that nearly all do. */
const VALUES: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => [],
  () => [undefined],
  () => ({}),
  () => Object.create(null),
  () => new Uint8Array(0),
  () => new Uint8Array(3),
  () => '',
  () => 'é\ud800',
  () => '1 %',
  () => 'x'.repeat(300),
  () => new Uint8Array(300),
  () => 'OK',
  () => true,
  () => 0,
  () => -0,
  () => 1.5,
  () => Number.NaN,
  () => -1,
  () => 255,
  () => 2 ** 31,
  () => 2 ** 32,
  () => 2 ** 53,
  () => 5n,
  () => -(2n ** 70n),
]

/** Changes of one object: of keys, their order and their values. `other` is another object of its type. */
const CHANGES: readonly ((random: Random, fields: Fields, other: Fields) => unknown)[] = [
  (random, fields) => ({ ...fields, [pick(random, [...Object.keys(fields), 'none'])]: pick(random, VALUES)() }),
  (random, fields) => {
    const name = pick(random, [...Object.keys(fields), 'none'])
    return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
  },
  (random, fields, other) => ({ ...fields, [pick(random, [...Object.keys(other), 'none'])]: pick(random, [...Object.values(other), 1]) }),
  (_, fields, other) => ({ ...other, ...fields }),
  (random, fields) => Object.fromEntries(Object.entries(fields).sort(() => random() - 0.5)),
  (_, fields) => Object.assign(Object.create(null), fields),
  (_, fields) => Object.assign([], fields),
  (_, fields) => Object.create(fields),
]

const changeList = (random: Random, list: readonly unknown[]): unknown => {
  const way = random()
  if (way < 0.3) return list.slice(1)
  if (way < 0.6) return [...list, ...list]
  if (way < 0.7) return Array.from({ length: 1_100 }, () => list[0])
  if (way < 0.8) return list[0]
  return [...list, pick(random, VALUES)()]
}

/** The same value with one thing changed somewhere in it. */
export const spoil = (random: Random, value: unknown, other: unknown): unknown => {
  if (Array.isArray(value)) {
    if (value.length === 0 || random() < 0.4) return changeList(random, value)
    const at = wholeBelow(random, value.length)
    return value.map((item, index) => (index === at ? spoil(random, item, Array.isArray(other) ? other[0] : undefined) : item))
  }
  if (!isFields(value)) return pick(random, VALUES)()
  const others = isFields(other) ? other : {}
  const names = Object.keys(value)
  if (names.length === 0 || random() < 0.3) return pick(random, CHANGES)(random, value, others)
  const name = pick(random, names)
  return { ...value, [name]: spoil(random, value[name], others[name]) }
}
