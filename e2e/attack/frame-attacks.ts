import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionsOf } from '@voltway/wire/ocpp'
import { inTurn } from './in-turn.ts'
import type { Town } from './open-town.ts'
import { openRawLink, type RawFrame } from './raw-link.ts'
import { NONE, type Schema, spoiledPayloads } from './spoil-payload.ts'
import { resultOf } from './station-link.ts'

const BOOT = {
  'ocpp1.6': { chargePointVendor: 'V', chargePointModel: 'M' },
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } },
} as const

const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

/** Frames that are answered with a CALLERROR under this id; the link lives on. */
const ANSWERED: readonly (readonly [sentence: string, frame: string, id: string])[] = [
  ['no JSON', 'hello', '-1'],
  ['half a frame', '[2,"a1","Heartbeat",{', 'a1'],
  ['a trailing comma', '[2,"a2","Heartbeat",{},]', 'a2'],
  ['33 levels', `[2,"a3","DataTransfer",${nest(33)}]`, 'a3'],
  ['4,200 levels', `[2,"a4","DataTransfer",${nest(4_200)}]`, 'a4'],
  ['100,000 levels', `[2,"a5","DataTransfer",${nest(100_000)}]`, 'a5'],
  ['__proto__', '[2,"a6","DataTransfer",{"vendorId":"v","__proto__":{"polluted":1}}]', 'a6'],
  ['__proto__ in escapes', '[2,"a7","DataTransfer",{"vendorId":"v","\\u005f_proto__":{"polluted":1}}]', 'a7'],
  ['constructor.prototype', '[2,"a8","DataTransfer",{"vendorId":"v","constructor":{"prototype":{"polluted":1}}}]', 'a8'],
  ['the same key twice', '[2,"a9","DataTransfer",{"vendorId":"v","vendorId":"w"}]', 'a9'],
  ['an action of Object', '[2,"aa","toString",{}]', 'aa'],
  ['an action named __proto__', '[2,"ab","__proto__",{}]', 'ab'],
  ['a message type that is none', '[7,"ac","Heartbeat",{}]', 'ac'],
  ['a long message id', `[2,"${'i'.repeat(500)}","Heartbeat",{}]`, '-1'],
  ['an object for an id', '[2,{},"Heartbeat",{}]', '-1'],
  ['1e400', '[2,"ad","MeterValues",{"connectorId":1e400,"meterValue":[]}]', 'ad'],
  ['ten thousand empty arrays', `[2,"ae","DataTransfer",[${'[],'.repeat(10_000)}[]]]`, 'ae'],
]

/** Frames that end their own link, with this code. */
const CLOSED: readonly (readonly [sentence: string, code: number, frames: readonly RawFrame[]])[] = [
  ['bad UTF-8', 1007, [{ payload: Buffer.from([0x5b, 0xc3, 0x28, 0x5d]) }]],
  ['half a surrogate in UTF-8', 1007, [{ payload: Buffer.from([0xed, 0xa0, 0x80]) }]],
  ['a compressed frame where nobody agreed on compression', 1002, [{ payload: 'x', rsv: 4 }]],
  ['another reserved bit', 1002, [{ payload: 'x', rsv: 1 }]],
  ['an opcode that is none', 1002, [{ payload: 'x', opcode: 5 }]],
  ['a frame without a mask', 1002, [{ payload: 'x', masked: false }]],
  ['a ping of 126 bytes', 1002, [{ payload: Buffer.alloc(126), opcode: 9 }]],
  ['a ping in two parts', 1002, [{ payload: 'x', opcode: 9, fin: false }]],
  ['a continuation of nothing', 1002, [{ payload: 'x', opcode: 0 }]],
  ['a second message inside a first', 1002, [{ payload: '[', fin: false }, { payload: ']' }]],
  ['a claim of 2^62 bytes', 1009, [{ payload: 'x', claims: 2n ** 62n }]],
  ['a claim of 60 MB', 1009, [{ payload: 'x', claims: 60n * 1_048_576n }]],
  [
    '300 kB in parts',
    1009,
    [{ payload: '[', fin: false }, ...Array.from({ length: 30 }, (): RawFrame => ({ payload: 'x'.repeat(10_000), opcode: 0, fin: false }))],
  ],
  ['a close with a code that is none', 1002, [{ payload: Buffer.from([0x03, 0xe7]), opcode: 8 }]],
]

/** What a station that has let itself in may send. */
export const frameAttacks = (townOf: () => Town) => {
  const hostile = async (protocol: keyof typeof BOOT = 'ocpp1.6', identity = 'HOSTILE') => {
    const link = await townOf().link(identity, { protocol })
    resultOf(await link.call('BootNotification', BOOT[protocol]))
    return link
  }

  for (const protocol of ['ocpp1.6', 'ocpp2.0.1'] as const)
    test(`every action of ${protocol} with empty, wrong, missing, extra and over-long fields is answered, one by one`, async () => {
      const town = townOf()
      const link = await hostile(protocol, `HOSTILE-${protocol}`)
      const told = { result: 0, error: 0 }
      for (const { name, direction } of actionsOf(protocol)) {
        const heard = direction === 'fromStation' || direction === 'both'
        const schema = heard && (await town.ask('GET', `/api/v1/ocpp/schemas/${protocol}/${name}`, { key: town.key })).body
        const payloads = schema ? spoiledPayloads(schema as Schema) : NONE
        const replies = await inTurn(payloads, 20, (payload) => link.call(name, payload))
        for (const reply of replies) told['error' in reply ? 'error' : 'result']++
      }
      assert.ok(told.error > 500, JSON.stringify(told))
      resultOf(await link.call('Heartbeat', {}))
      await link.close()
      await town.isWell()
    })

  test('frames that are wrong in themselves are answered under their own id, and the link lives on', async () => {
    const link = await hostile()
    for (const [sentence, frame, id] of ANSWERED) {
      const [type, answered] = await link.say(frame)
      assert.deepEqual([type, answered], [4, id], sentence)
    }
    resultOf(await link.call('Heartbeat', {}))
    await link.close()
    await townOf().isWell()
  })

  test('names with a NUL or half a character in them are forgiven like others', async () => {
    const town = townOf()
    const link = await hostile()
    for (const name of ['\\u0000', '\\ud800', 'a\\udfffb', '\\ud83d\\ud83d']) {
      const [type] = await link.say(
        `[2,"n${name.length}","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","${name}":1}]`,
      )
      assert.equal(type, 3, name)
    }
    await link.close()
    await town.isWell()
  })

  test('a million levels and sixty megabytes end their own link with 1009', async () => {
    for (const frame of [
      `[2,"b1","DataTransfer",${nest(1_000_000)}]`,
      `[2,"b2","DataTransfer",{"vendorId":"${'v'.repeat(60 * 1_048_576)}"}]`,
    ]) {
      const link = await hostile()
      link.send(frame)
      assert.equal((await link.closed).code, 1009)
    }
  })

  test('what WebSockets forbid ends its own link with the code that says so', async () => {
    const town = townOf()
    for (const [sentence, code, frames] of CLOSED) {
      const link = await openRawLink({ port: town.port, identity: 'HOSTILE', password: town.passwordOf('HOSTILE') })
      for (const frame of frames) link.send(frame)
      assert.equal(await link.closeCode, code, sentence)
      link.socket.destroy()
    }
  })

  test('a message in many parts and a binary one are read as one message', async () => {
    const town = townOf()
    const link = await openRawLink({ port: town.port, identity: 'HOSTILE', password: town.passwordOf('HOSTILE') })
    const frame = '[2,"p1","Heartbeat",{}]'
    for (const [index, letter] of [...frame].entries())
      link.send({ payload: letter, opcode: index === 0 ? 1 : 0, fin: index === frame.length - 1 })
    link.send({ payload: '[2,"p2","Heartbeat",{}]', opcode: 2 })
    await town.eventually('both are answered', async () => ['"p1"', '"p2"'].every((id) => link.texts.some((text) => text.includes(id))))
    link.socket.destroy()
  })

  test('a flood of pings whose answers nobody reads ends its own link, and is not kept in memory', async () => {
    const town = townOf()
    const before = await town.child.call('memory', undefined)
    const link = await openRawLink({ port: town.port, identity: 'HOSTILE', password: town.passwordOf('HOSTILE') })
    link.socket.pause()
    for (let round = 0; round < 400 && !link.socket.destroyed; round++) {
      for (let index = 0; index < 1_000; index++) link.send({ payload: Buffer.alloc(125), opcode: 9 })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    assert.ok(link.socket.destroyed, 'the flood was ended')
    link.socket.destroy()
    const after = await town.child.call('memory', undefined)
    assert.ok(after.external - before.external < 20_000_000, `${after.external - before.external} bytes are still held`)
  })

  test('a flood of replies that nobody asked for changes nothing', async () => {
    const link = await hostile()
    for (let index = 0; index < 5_000; index++) link.send(`[3,"forged-${index}",{"status":"Accepted"}]`)
    for (let index = 0; index < 5_000; index++) link.send(`[4,"forged-${index}","GenericError","",{}]`)
    resultOf(await link.call('Heartbeat', {}))
    await link.close()
    await townOf().isWell()
  })
}
