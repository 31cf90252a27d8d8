import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GrammarTables } from '../../../packages/wire/src/exi/grammar-tables.ts'
import { tables as appProtocol } from '../../../packages/wire/src/iso15118/app-protocol/generated/grammar.ts'
import { tables as iso2 } from '../../../packages/wire/src/iso15118/iso2/generated/grammar.ts'
import { tables as signature } from '../../../packages/wire/src/iso15118/xmldsig/generated/grammar.ts'
import { sharedTypes } from './shared.ts'

test('a set that has all types of another says where they stand, and those of its datatypes', () => {
  const shared = sharedTypes(signature, iso2)
  assert.equal(shared?.types.length, signature.types.length)
  for (const [name, , type] of signature.elements.filter(([, , index]) => index >= 0))
    assert.equal(iso2.elements.find(([other]) => other === name)?.[2], shared!.types[type], name)
  assert.deepEqual(
    shared!.simple.map((index) => iso2.simple[index]),
    signature.simple,
  )
  assert.deepEqual(sharedTypes(signature, signature)?.types, [...signature.types.keys()])
})

test('a set that lacks some of them shares none', () => {
  assert.equal(sharedTypes(signature, appProtocol), undefined)
  assert.equal(sharedTypes(iso2, signature), undefined)
})

/** Every copy of some tables in which one number, text or flag is another. */
const changes = function* (tables: GrammarTables): Generator<readonly [where: string, changed: GrammarTables]> {
  const visit = function* (value: unknown, path: readonly (string | number)[]): Generator<readonly (string | number)[]> {
    if (typeof value !== 'object' || value === null) yield path
    else for (const [key, one] of Object.entries(value)) yield* visit(one, [...path, key])
  }
  for (const key of ['uris', 'simple', 'attributes', 'elements', 'types'] as const)
    for (const path of visit(tables[key], [key])) {
      const changed = structuredClone(tables)
      const last = path.at(-1)!
      const holder = path
        .slice(0, -1)
        .reduce<Record<string | number, unknown>>((one, step) => one[step] as Record<string, unknown>, { ...changed })
      const before = holder[last]
      holder[last] = typeof before === 'number' ? before + 1 : `${before}x`
      yield [path.join('.'), changed]
    }
}

test('any other state, name, bound or datatype is a difference', () => {
  let count = 0
  for (const [where, changed] of changes(signature)) {
    assert.equal(sharedTypes(changed, iso2), undefined, where)
    count++
  }
  assert.ok(count > 1_000, `${count} changes`)
})
