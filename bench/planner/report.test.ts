import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const linesOf = (...options: readonly string[]): readonly Record<string, unknown>[] => {
  const { VOLTWAY_DATA: _, ...env } = process.env
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  return execFileSync(process.execPath, [main, '--json', ...options], { env, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('a track without its data says so in an object of its own', () => {
  const lines = linesOf('--track', 'B')
  assert.deepEqual(
    lines.map(({ case: name, value }) => ({ name, value })),
    [
      { name: 'acn-caltech', value: null },
      { name: 'recorded-sessions', value: null },
    ],
  )
  for (const { bench, skipped } of lines) {
    assert.equal(bench, 'planner')
    assert.match(String(skipped), /VOLTWAY_DATA names no folder/)
  }
})
