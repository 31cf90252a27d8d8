import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, test } from 'node:test'
import type { Milliseconds } from '@voltway/units'
import { encodeFrame, PAYLOAD_TYPE, type V2gtpFrame } from '@voltway/wire/v2gtp'
import { manualClock } from '../testing/manual-clock.ts'
import { socketPair, until } from '../testing/socket-pair.ts'
import type { ClosedReason } from './closed-reason.ts'
import { CONNECTION_LIMITS, type ConnectionLimits, V2gtpConnection } from './connection.ts'

const opened: Socket[] = []
after(() => {
  for (const socket of opened) socket.destroy()
})

const frameOf = (...payload: number[]): V2gtpFrame => ({ payloadType: PAYLOAD_TYPE.exi, payload: Uint8Array.from(payload) })

const running = async (limits: Partial<ConnectionLimits> = {}, onFrame = (_frame: V2gtpFrame): void => {}) => {
  const [near, far] = await socketPair()
  opened.push(near, far)
  const time = manualClock()
  const connection = new V2gtpConnection(near, time.clock, { ...CONNECTION_LIMITS, ...limits })
  const frames: V2gtpFrame[] = []
  const closed: ClosedReason[] = []
  connection.open({
    onFrame: (frame) => {
      frames.push(frame)
      onFrame(frame)
    },
    onClosed: (reason) => closed.push(reason),
  })
  return { near, far, time, connection, frames, closed }
}

test('frames go in and come out, however they are cut', async () => {
  const { far, connection, frames } = await running()
  const bytes = Uint8Array.from([...encodeFrame(frameOf(1, 2)), ...encodeFrame(frameOf(3))])
  for (const byte of bytes) far.write(Uint8Array.of(byte))
  await until(() => frames.length === 2)
  assert.deepEqual(frames, [frameOf(1, 2), frameOf(3)])
  const heard = new Promise<Buffer>((resolve) => far.once('data', resolve))
  connection.send(frameOf(9))
  assert.equal((await heard).toString('hex'), '01fe80010000000109')
})

const ends: [sentence: string, send: (far: Socket) => void, code: string][] = [
  ['a peer that closes between frames', (far) => far.end(encodeFrame(frameOf(1))), 'peer'],
  ['a peer that closes in the middle of a frame', (far) => far.end(encodeFrame(frameOf(1)).subarray(0, 8)), 'cut'],
  ['a peer that breaks off', (far) => far.resetAndDestroy(), 'reset'],
  ['another version', (far) => far.write(Uint8Array.fromHex('02fd800100000001ff')), 'header'],
  ['HTTP', (far) => far.write('GET / HTTP/1.1\r\n\r\n'), 'header'],
  ['TLS where none is spoken', (far) => far.write(Uint8Array.fromHex('16030100c8010000c40303')), 'header'],
  ['a length of four gigabytes', (far) => far.write(Uint8Array.fromHex('01fe8001ffffffff')), 'oversized'],
]
for (const [sentence, send, code] of ends)
  test(`${sentence} ends the connection as ${code}, told once`, async () => {
    const { far, closed, connection } = await running()
    send(far)
    await until(() => closed.length > 0)
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual([closed.map((one) => one.code), connection.closed?.code], [[code], code])
    connection.send(frameOf(1))
    connection.close('again')
    assert.equal(closed.length, 1)
  })

test('what is complete before a broken header is still taken', async () => {
  const { far, frames, closed } = await running()
  far.write(Uint8Array.from([...encodeFrame(frameOf(5)), ...new Uint8Array(8)]))
  await until(() => closed.length > 0)
  assert.deepEqual([frames, closed[0]?.code], [[frameOf(5)], 'header'])
})

test('what was sent before a close arrives, and a peer that does not close is let go after a while', async () => {
  const { near, far, time, connection } = await running({ linger: 5_000 as Milliseconds })
  const heard: Buffer[] = []
  far.on('data', (bytes: Buffer) => heard.push(bytes))
  connection.send(frameOf(7))
  connection.close('done')
  await new Promise((resolve) => far.once('end', resolve))
  assert.equal(Buffer.concat(heard).toString('hex'), '01fe80010000000107')
  assert.equal(near.destroyed, false)
  time.pass(5_000)
  assert.deepEqual([near.destroyed, time.waiting()], [true, 0])
})

test('the requests of a peer that does not read are not read either, until it reads', async () => {
  const answer: V2gtpFrame = { payloadType: PAYLOAD_TYPE.exi, payload: new Uint8Array(60_000) }
  const limits = { paused: 200_000, outbound: 8_000_000, inboundFrames: 4_000 }
  const opened = await running(limits, () => opened.connection.send(answer))
  const { far, frames, connection, closed } = opened
  far.pause()
  const requests = Buffer.concat(Array.from({ length: 600 }, () => encodeFrame(frameOf(1))))
  far.write(requests)
  await until(() => connection.outbound > limits.paused)
  const taken = frames.length
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual([frames.length, closed.length], [taken, 0])
  assert.ok(taken < 600 && connection.outbound < limits.paused + 120_000, `${taken} taken, ${connection.outbound} bytes wait`)
  let answered = 0
  far.on('data', (bytes: Buffer) => {
    answered += bytes.length
  })
  far.resume()
  await until(() => answered === 600 * 60_008)
  assert.deepEqual([frames.length, closed.length], [600, 0])
})

test('a peer that lets too much wait is closed', async () => {
  const { far, connection, closed } = await running({ outbound: 3_000_000 })
  far.pause()
  for (let sent = 0; sent < 200 && closed.length === 0; sent++)
    connection.send({ payloadType: PAYLOAD_TYPE.exi, payload: new Uint8Array(100_000) })
  assert.equal(closed[0]?.code, 'outboundOverflow')
})

test('a peer that sends many frames and reads no answer is closed', async () => {
  const answer: V2gtpFrame = { payloadType: PAYLOAD_TYPE.exi, payload: new Uint8Array(60_000) }
  const opened = await running({ paused: 1_000 }, () => opened.connection.send(answer))
  opened.far.pause()
  opened.far.write(Buffer.concat(Array.from({ length: 600 }, () => encodeFrame(frameOf(1)))))
  await until(() => opened.closed.length > 0)
  assert.equal(opened.closed[0]?.code, 'inboundOverflow')
})
