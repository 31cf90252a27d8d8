import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { everythingLoads } from './everything-loads.ts'
import { FRAUD_SERIES } from './fraud-series.ts'
import { inTurn } from './in-turn.ts'
import { ODD_TIMES } from './odd-times.ts'
import type { Town } from './open-town.ts'
import { errorOf, resultOf, type StationLink } from './station-link.ts'

const BOOT_16 = { chargePointVendor: 'V', chargePointModel: 'M' }
const BOOT_201 = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } }
const HOUR = 3_600_000
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString()
/** What its EVSEs can give in an hour, and what meters may err by. */
const MOST_WH = 22_000 * 1.05

const register = (value: unknown, unit = 'Wh') => [{ value: String(value), unit, measurand: 'Energy.Active.Import.Register' }]

/** What a station that has let itself in may claim. */
export const factAttacks = (townOf: () => Town) => {
  const linked = async (identity: string, protocol = 'ocpp1.6') => {
    const link = await townOf().link(identity, { protocol })
    resultOf(await link.call('BootNotification', protocol === 'ocpp1.6' ? BOOT_16 : BOOT_201))
    return link
  }

  test('before its boot was accepted a station may say nothing else', async () => {
    const town = townOf()
    const link = await town.link('UNBORN')
    const calls = [
      ['StartTransaction', { connectorId: 1, idTag: 'CARDone', meterStart: 0, timestamp: ago(0) }],
      ['StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }],
      ['MeterValues', { connectorId: 1, meterValue: [{ timestamp: ago(0), sampledValue: register(1) }] }],
    ] as const
    for (const [action, payload] of calls) errorOf(await link.call(action, payload))
    await link.close()
    const id = town.one.stations.find(({ identity }) => identity === 'UNBORN')?.id
    for (const table of ['transaction_fact', 'meter_value', 'session'])
      assert.deepEqual(await town.rows(`select 1 from voltway.${table} where station_id = '${id}'`), [], table)
  })

  test("somebody else's transaction is neither stopped nor read into, in either version, by either organisation", async () => {
    const town = townOf()
    const victim = await linked('VICTIM', 'ocpp2.0.1')
    const evse = { id: 1, connectorId: 1 }
    const event = (eventType: string, seqNo: number, wh: number) => ({
      eventType,
      seqNo,
      timestamp: ago(0),
      triggerReason: 'Trigger',
      transactionInfo: { transactionId: 'VICTIM-TX', chargingState: 'Charging' },
      evse,
      meterValue: [{ timestamp: ago(0), sampledValue: [{ value: wh, measurand: 'Energy.Active.Import.Register' }] }],
    })
    resultOf(await victim.call('TransactionEvent', { ...event('Started', 0, 1_000), idToken: { idToken: 'CARDone', type: 'ISO14443' } }))
    const session = "select state, ended_at, import_wh::int as wh from voltway.session where transaction_id = 'VICTIM-TX'"
    await town.eventually('the session is seen', async () => (await town.rows(session)).length === 1)
    const [number] = await town.rows(
      "select transaction_id as id from voltway.session s join voltway.charging_station c on c.id = s.station_id where identity = 'BYSTANDER'",
    )

    for (const identity of ['THIEF', 'X-1']) {
      const old = await linked(identity)
      const transactionId = Number(number?.id)
      await old.call('StopTransaction', { transactionId, meterStop: 9_000_000, timestamp: ago(0), idTag: 'CARDone' })
      await old.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [{ timestamp: ago(0), sampledValue: register(9_000_000) }],
      })
      await old.close()
      const thief = await linked(identity, 'ocpp2.0.1')
      for (const [index, eventType] of ['Updated', 'Ended'].entries()) {
        await thief.call('TransactionEvent', event(eventType, index + 1, 9_000_000))
        await thief.call('TransactionEvent', {
          ...event(eventType, index + 1, 9_000_000),
          transactionInfo: { transactionId: String(number?.id) },
        })
      }
      await thief.close()
    }
    await town.eventually(
      'alarms are raised',
      async () => (await town.rows("select 1 from voltway.alarm where kind = 'ForeignTransaction'")).length > 0,
    )
    const [row] = await town.rows(session)
    assert.deepEqual([row?.state === 'billed', row?.ended_at, row?.wh], [false, null, 0])
    await victim.close()
  })

  test('a CALL that is sent again, under its own id or others, has its effect once', async () => {
    const town = townOf()
    const link = await linked('THIEF')
    const start = { connectorId: 1, idTag: 'CARDone', meterStart: 7, timestamp: ago(HOUR) }
    const numbers = new Set<unknown>()
    for (const id of ['same', 'same', 'same', 'other', 'another'])
      numbers.add(resultOf(await link.call('StartTransaction', start, id)).transactionId)
    assert.equal(numbers.size, 1)
    const [transactionId] = numbers
    const stop = { transactionId, meterStop: 1_007, timestamp: ago(HOUR / 2) }
    for (const id of ['stop', 'stop', 'again', 'and again']) resultOf(await link.call('StopTransaction', stop, id))
    await link.close()
    const bills = `select c.total_micros::text as total from voltway.cdr c join voltway.session s on s.id = c.session_id
      join voltway.charging_station t on t.id = s.station_id where identity = 'THIEF' and s.transaction_id = '${transactionId}'`
    await town.eventually('it is billed', async () => (await town.rows(bills)).length > 0)
    assert.deepEqual(await town.rows(bills), [{ total: '650000' }])
  })

  test('two hundred odd times are answered, and whatever people look at still loads', async () => {
    const town = townOf()
    const old = await Promise.all(['CLOCK-1', 'CLOCK-2', 'CLOCK-3', 'CLOCK-4'].map((identity) => linked(identity)))
    const young = await Promise.all(['CLOCK-5', 'CLOCK-6', 'CLOCK-7', 'CLOCK-8'].map((identity) => linked(identity, 'ocpp2.0.1')))
    await inTurn([...ODD_TIMES.entries()], 20, async ([index, timestamp]) => {
      const [link, link2] = [old[index % 4]!, young[index % 4]!]
      const transactionInfo = { transactionId: `odd-${index}`, chargingState: 'Charging' }
      const meterValue = [{ timestamp, sampledValue: [{ value: index, measurand: 'Energy.Active.Import.Register' }] }]
      const event = { timestamp, triggerReason: 'Trigger', transactionInfo, evse: { id: 1 }, meterValue }
      const [started] = await Promise.all([
        link.call('StartTransaction', { connectorId: 1, idTag: 'CARDone', meterStart: index, timestamp }),
        link.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp }),
        link2.call('TransactionEvent', { ...event, eventType: 'Started', seqNo: 0 }),
        link2.call('TransactionEvent', { ...event, eventType: 'Ended', seqNo: 1 }),
      ])
      const transactionId = 'result' in started ? started.result.transactionId : 1
      await link.call('MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp, sampledValue: register(index) }] })
      await link.call('StopTransaction', { transactionId, meterStop: index, timestamp })
    })
    for (const link of [...old, ...young]) await link.close()
    const late = `occurred_at > ${Date.now() + 25 * HOUR} or occurred_at < 1420070400000`
    for (const table of ['status_history', 'meter_value', 'transaction_fact'])
      assert.deepEqual(await town.rows(`select 1 from voltway.${table} where ${late}`), [], table)
    await settled(town)
    assert.ok((await everythingLoads(town)) > 100)
    await town.isWell()
  })

  test('of sixty meters that lie none makes a bill below zero, or above what its EVSE can give without somebody looking', async () => {
    const town = townOf()
    const link = await linked('METER')
    const link2 = await linked('METER-2', 'ocpp2.0.1')
    const stillOpen = new Set<string>()
    await inTurn([...FRAUD_SERIES.entries()], 10, async ([index, series]) => {
      const [{ transactionId, stopped }] = await Promise.all([lie(link, index, series), lie2(link2, index, series)])
      if ('error' in stopped) stillOpen.add(`METER ${transactionId}`)
    })
    assert.ok(stillOpen.size < 6)
    await link.close()
    await link2.close()
    await settled(town)
    const bills =
      await town.rows(`select t.identity, s.transaction_id as id, s.state, s.import_wh::float8 as wh, s.held_reasons, c.total_micros::float8 as total
      from voltway.session s join voltway.charging_station t on t.id = s.station_id left join voltway.cdr c on c.session_id = s.id where identity like 'METER%'`)
    assert.ok(bills.length > 80, `only ${bills.length} sessions`)
    for (const bill of bills) {
      const said = JSON.stringify(bill)
      assert.ok(Number(bill.wh) >= 0, said)
      // A stop whose register no number holds was refused, with a reason: its session is still open.
      assert.ok(['billed', 'held'].includes(String(bill.state)) || stillOpen.has(`${bill.identity} ${bill.id}`), said)
      assert.ok(bill.total === null || Number(bill.total) >= 0, said)
      assert.ok(bill.state === 'held' || Number(bill.wh) <= MOST_WH, said)
    }
    await everythingLoads(town)
    await town.isWell()
  })

  test('numbers beyond every column are refused or left out, and what was said with them is still worked through', async () => {
    const town = townOf()
    const link = await linked('METER-2', 'ocpp2.0.1')
    const measured = ['SoC', 'Power.Active.Import', 'Current.Import', 'Voltage', 'Temperature', 'Energy.Active.Export.Register']
    const numbers = [-1, 2 ** 31, 2 ** 40, 2 ** 53 - 1, 2 ** 53 + 2, 1e300, -1e300]
    await inTurn([...numbers.entries()], 2, async ([index, number]) => {
      const transactionInfo = { transactionId: `beyond-${index}`, chargingState: 'Charging' }
      const meterValue = [{ timestamp: ago(HOUR), sampledValue: measured.map((measurand) => ({ value: number, measurand })) }]
      const event = { timestamp: ago(HOUR), triggerReason: 'Trigger', transactionInfo, evse: { id: 1, connectorId: 1 } }
      for (const spoiled of [
        { ...event, seqNo: number },
        { ...event, seqNo: 0, evse: { id: number } },
        { ...event, seqNo: 0, evse: { id: 1, connectorId: number } },
        { ...event, seqNo: 0, transactionInfo: { ...transactionInfo, remoteStartId: number, timeSpentCharging: number } },
        { ...event, seqNo: 0, reservationId: number, numberOfPhasesUsed: number, cableMaxCurrent: number },
        { ...event, seqNo: 0, meterValue },
      ])
        await link.call('TransactionEvent', { eventType: 'Started', ...spoiled })
      resultOf(await link.call('TransactionEvent', { ...event, eventType: 'Ended', seqNo: 1, timestamp: ago(0), meterValue }))
    })
    await link.close()
    const old = await linked('METER')
    for (const number of numbers) {
      const start = { connectorId: 1, idTag: 'CARDone', meterStart: 0, timestamp: ago(HOUR) }
      for (const spoiled of [{ connectorId: number }, { reservationId: number }, { meterStart: number }])
        await old.call('StartTransaction', { ...start, ...spoiled })
      await old.call('StopTransaction', { transactionId: number, meterStop: number, timestamp: ago(0) })
    }
    await old.close()
    await settled(town)
    await everythingLoads(town)
    await town.isWell()
  })

  test('line breaks, colours and turned letters of a station stay inside one line of the log', async () => {
    const town = townOf()
    const link = await linked('THIEF', 'ocpp2.0.1')
    const transactionId = 'a\r\n{"level":"admin"}\u001b[31m\u202e'
    await link.call('TransactionEvent', {
      eventType: 'Ended',
      seqNo: 9,
      timestamp: ago(0),
      triggerReason: 'Trigger',
      transactionInfo: { transactionId },
    })
    const injected = { connectorId: 1, idTag: 'a\r\n{"level":"admin"}', meterStart: 0, timestamp: ago(0) }
    await link.call('StartTransaction', injected)
    await link.close()
    const { logFile } = await town.child.call('address', undefined)
    const text = readFileSync(logFile, 'utf8')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    assert.ok(town.log().every(({ level }) => level !== 'admin'))
    assert.ok(!text.includes('CARDone'), 'no card is logged')
  })
}

/** One session of 1.6, an hour long and hours away from the others. */
const lie = async (link: StationLink, index: number, { start, samples, stop, unit }: (typeof FRAUD_SERIES)[number]) => {
  const began = (index + 2) * 2 * HOUR
  const reply = await link.call('StartTransaction', { connectorId: 1, idTag: 'CARDone', meterStart: start, timestamp: ago(began) })
  const transactionId = 'result' in reply ? reply.result.transactionId : 0
  for (const [at, value] of samples.entries()) {
    const timestamp = ago(began - ((at + 1) * HOUR) / (samples.length + 1))
    await link.call('MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp, sampledValue: register(value, unit) }] })
  }
  const stopped = await link.call('StopTransaction', { transactionId, meterStop: stop, timestamp: ago(began - HOUR) })
  return { transactionId, stopped }
}

/** The same in 2.0.1, where a unit may bring a power of ten. */
const lie2 = async (link: StationLink, index: number, { start, samples, stop }: (typeof FRAUD_SERIES)[number]) => {
  const began = (index + 2) * 2 * HOUR
  const values = [start, ...samples, stop]
  for (const [seqNo, value] of values.entries()) {
    const timestamp = ago(began - (seqNo * HOUR) / (values.length - 1))
    const unitOfMeasure = { unit: 'Wh', multiplier: index % 10 === 9 ? 300 : 0 }
    const sampledValue = [{ value: Number(value), measurand: 'Energy.Active.Import.Register', unitOfMeasure }]
    await link.call('TransactionEvent', {
      eventType: seqNo === 0 ? 'Started' : seqNo === values.length - 1 ? 'Ended' : 'Updated',
      seqNo,
      timestamp,
      triggerReason: 'MeterValuePeriodic',
      transactionInfo: { transactionId: `lie-${index}`, chargingState: 'Charging' },
      evse: { id: 1, connectorId: 1 },
      ...(seqNo === 0 && { idToken: { idToken: 'CARDone', type: 'ISO14443' } }),
      meterValue: [{ timestamp, sampledValue }],
    })
  }
}

/** Whatever ended is billed or held. */
const settled = (town: Town) =>
  town.eventually(
    'what ended is billed or held',
    async () => {
      const [left] = await town.rows(
        "select count(*)::int as left from voltway.session where ended_at is not null and state not in ('billed', 'held')",
      )
      const [unread] = await town.rows(
        "select count(*)::int as left from voltway.outbox o join voltway.outbox_cursor c on c.consumer = 'projector' where (o.xid, o.position) > (c.xid, c.position)",
      )
      return left?.left === 0 && unread?.left === 0
    },
    30,
  )
