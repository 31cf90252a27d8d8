import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { groupSites } from './group-sites.ts'

const at = (item: { readonly x: number; readonly y: number }) => item
const size = { width: 50, height: 40 }

test('pins that would cover each other become one, and none is lost', () => {
  const near = [
    { x: 0, y: 0 },
    { x: 30, y: 10 },
    { x: 200, y: 0 },
  ]
  assert.deepEqual(
    groupSites(near, at, size).map(({ items }) => items.length),
    [2, 1],
  )
})

test('pins side by side stay apart', () => {
  const apart = [
    { x: 0, y: 0 },
    { x: 50, y: 0 },
    { x: 0, y: 40 },
  ]
  assert.equal(groupSites(apart, at, size).length, 3)
})

test('no two pins stand so near that one covers the other, wherever the sites are', () => {
  const random = seeded(3)
  for (let round = 0; round < 50; round++) {
    const sites = Array.from({ length: 40 }, () => ({ x: random() * 400, y: random() * 300 }))
    const groups = groupSites(sites, at, size)
    assert.equal(groups.flatMap(({ items }) => items).length, 40)
    const middles = groups.map(({ items }) => {
      const [xs, ys] = [items.map(({ x }) => x), items.map(({ y }) => y)]
      return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 }
    })
    for (const [index, one] of middles.entries())
      for (const other of middles.slice(index + 1))
        assert.ok(Math.abs(one.x - other.x) >= size.width || Math.abs(one.y - other.y) >= size.height, `round ${round}`)
  }
})
