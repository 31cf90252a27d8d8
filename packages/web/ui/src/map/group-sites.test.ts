import assert from 'node:assert/strict'
import { test } from 'node:test'
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
