import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds } from '@voltway/units'
import { OutboundSlot, type SlotOutcome } from './outbound-slot.ts'
import { manualClock } from './testing/manual-clock.ts'

const setUp = () => {
  const clock = manualClock()
  const sent: string[] = []
  const slot = new OutboundSlot(clock, (frame) => sent.push(frame) > 0)
  const ended: string[] = []
  const call = (messageId: string, timeout = 1_000) =>
    slot.call({ messageId, frame: messageId, timeout: milliseconds(timeout) }).then((end) => {
      ended.push(`${messageId} ${end.outcome}`)
      return end
    })
  const answer = (messageId: string) =>
    slot.settle(messageId, (frames): SlotOutcome => ({ outcome: 'answered', payload: {}, frames }), '[3]')
  return { clock, sent, slot, ended, call, answer }
}

test('one CALL is in flight, the next is sent when it is answered', async () => {
  const { sent, ended, call, answer } = setUp()
  const both = [call('1'), call('2')]
  assert.deepEqual(sent, ['1'])
  assert.equal(answer('1'), true)
  assert.deepEqual(sent, ['1', '2'])
  answer('2')
  await Promise.all(both)
  assert.deepEqual(ended, ['1 answered', '2 answered'])
})

test('a silent station does not hold the slot: the CALL expires and the next is sent', async () => {
  const { clock, sent, ended, call, answer } = setUp()
  const both = [call('1', 1_000), call('2', 5_000)]
  clock.advance(1_000)
  assert.deepEqual(sent, ['1', '2'])
  answer('2')
  await Promise.all(both)
  assert.deepEqual(ended, ['1 expired', '2 answered'])
})

test('a CALL that expires while it waits is never sent', async () => {
  const { clock, sent, call, answer } = setUp()
  const both = [call('1', 5_000), call('2', 1_000)]
  clock.advance(1_000)
  answer('1')
  await Promise.all(both)
  assert.deepEqual(sent, ['1'])
})

test('a reply that nobody asked for, a late one and one to a CALL not yet sent are ignored', async () => {
  const { clock, ended, call, answer } = setUp()
  assert.equal(answer('never'), false)
  const both = [call('1', 1_000), call('2', 5_000)]
  assert.equal(answer('2'), false)
  clock.advance(1_000)
  assert.equal(answer('1'), false)
  assert.equal(answer('2'), true)
  assert.equal(answer('2'), false)
  await Promise.all(both)
  assert.deepEqual(ended, ['1 expired', '2 answered'])
})

test('with the link every waiting CALL ends at once, and later ones too', async () => {
  const { slot, ended, call } = setUp()
  const both = [call('1'), call('2')]
  slot.close()
  await Promise.all([...both, call('3')])
  assert.deepEqual(ended, ['1 offline', '2 offline', '3 offline'])
})

test('only so many CALLs may wait', async () => {
  const { slot, call } = setUp()
  for (let index = 0; index < 64; index++) void call(String(index))
  assert.equal((await call('one too many')).outcome, 'error')
  slot.close()
})
