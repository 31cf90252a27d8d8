import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { OCPP_VERSIONS, receiveRequest } from '@voltway/wire/ocpp'
import { bootFrame, measuredFrame, startFrame } from './frames.ts'
import { median, quantile } from './statistics.ts'

const AT = Date.UTC(2026, 5, 15, 12)
const courseOf = () => ({ transactionId: '7', at: AT, registerWh: 0, seqNo: 1 })

for (const version of OCPP_VERSIONS) {
  const checked = (frame: string) => {
    const [type, id, action, payload] = JSON.parse(frame) as [number, string, string, Readonly<Record<string, unknown>>]
    assert.deepEqual([type, id], [2, 'm1'])
    const received = receiveRequest(version, { action, payload }, { mode: 'strict', now: epochMs(AT) })
    assert.ok(received.ok, JSON.stringify(received))
    assert.deepEqual(received.value.violations, [])
  }

  test(`${version}: every frame of the load is valid in strict mode`, () => {
    checked(bootFrame(version, 'm1'))
    checked(startFrame(version, 'm1', { at: AT, idToken: 'CARD1', transactionId: 'tx' }))
    checked(measuredFrame(version, 'm1', courseOf()))
  })

  test(`${version}: the measured frame is about a kilobyte, and each is a fact of its own`, () => {
    const course = courseOf()
    const frames = Array.from({ length: 50 }, () => measuredFrame(version, 'm1', course))
    assert.equal(new Set(frames).size, frames.length)
    for (const { length } of frames) assert.ok(length > 900 && length < 1_400, `${length} bytes`)
  })
}

test('a quantile is a value of the list, whatever its order', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(quantile([5, 1, 4, 2, 3], 0.99), 5)
  assert.ok(Number.isNaN(median([])))
})
