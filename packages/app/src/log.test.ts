import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { createLog, type LogLevel } from './log.ts'

const collect = (level: LogLevel) => {
  const lines: string[] = []
  return { lines, log: createLog({ level, clock: { now: () => epochMs(0) }, write: (line) => lines.push(line) }) }
}

test('an entry is one JSON line with its time, level and fields', () => {
  const { lines, log } = collect('info')
  log.info('station connected', { version: 'ocpp1.6' })
  assert.deepEqual(JSON.parse(lines[0] ?? ''), {
    at: '1970-01-01T00:00:00.000Z',
    level: 'info',
    message: 'station connected',
    version: 'ocpp1.6',
  })
})

test('a stranger cannot begin a line of his own, move the cursor, or turn the reading direction', () => {
  const { lines, log } = collect('info')
  log.warn('bad token', { idTag: 'a\r\n{"level":"admin"}\u001b[2J\u009b\u202e\u2028' })
  assert.equal(lines.length, 1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is there is what is asserted
  assert.match(lines[0] ?? '', /^[^\u0000-\u001f\u007f-\u009f\u2028\u202e]*\n$/)
})

test('what a stranger names like our own fields does not replace them', () => {
  const { lines, log } = collect('info')
  log.info('mine', { message: 'theirs', level: 'theirs', at: 'theirs' })
  assert.deepEqual(JSON.parse(lines[0] ?? ''), { at: '1970-01-01T00:00:00.000Z', level: 'info', message: 'mine' })
})

test('what is below the level is not written', () => {
  const { lines, log } = collect('error')
  log.debug('a')
  log.info('b')
  log.warn('c')
  log.error('d')
  assert.equal(lines.length, 1)
})

test('errors and big integers are written, and what cannot be written does not throw', () => {
  const { lines, log } = collect('info')
  const ring: Record<string, unknown> = {}
  ring.self = ring
  log.error('failed', { error: new Error('why'), micros: 5n })
  log.error('failed', ring)
  assert.match(lines[0] ?? '', /"message":"why"/)
  assert.match(lines[0] ?? '', /"micros":"5"/)
  assert.equal(lines.length, 2)
})
