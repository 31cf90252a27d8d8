import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import fc from 'fast-check'
import { EVSE_STATUSES, type EvseStatus } from './evse-status.ts'
import { evseStatusNow, type StatusEvent } from './evse-status-now.ts'
import { statusTimeline } from './status-timeline.ts'

const said = (at: number, status: EvseStatus, receivedAt = at): StatusEvent => ({
  at: epochMs(at),
  receivedAt: epochMs(receivedAt),
  status,
})
const link = (since: number, up: boolean) => ({ since: epochMs(since), up })
const timeline = (statuses: readonly StatusEvent[], links: readonly ReturnType<typeof link>[] = []) =>
  statusTimeline({ statuses, links }, epochMs(100), epochMs(200)).map(({ from, to, status }) => [from, to, status])

test('nothing heard is unknown', () => assert.deepEqual(timeline([]), [[100, 200, 'unknown']]))
test('what was said before the window holds into it', () =>
  assert.deepEqual(timeline([said(150, 'charging'), said(20, 'available')]), [
    [100, 150, 'available'],
    [150, 200, 'charging'],
  ]))
test('the same status said again is one segment', () =>
  assert.deepEqual(timeline([said(20, 'available'), said(120, 'available')]), [[100, 200, 'available']]))
test('a link that is down shows as offline, and what was so shows again after it', () =>
  assert.deepEqual(timeline([said(50, 'charging')], [link(120, false), link(160, true)]), [
    [100, 120, 'charging'],
    [120, 160, 'offline'],
    [160, 200, 'charging'],
  ]))
test('a status replayed later takes its place in station time', () =>
  assert.deepEqual(timeline([said(50, 'available'), said(180, 'available'), said(140, 'occupied', 190)]), [
    [100, 140, 'available'],
    [140, 180, 'occupied'],
    [180, 200, 'available'],
  ]))
test('an empty window has no segments', () =>
  assert.deepEqual(statusTimeline({ statuses: [said(1, 'charging')], links: [] }, epochMs(5), epochMs(5)), []))

const time = fc.nat(300)
const statuses = fc.array(
  fc.tuple(time, time, fc.constantFrom(...EVSE_STATUSES)).map(([at, heard, status]) => said(at, status, heard)),
  { maxLength: 20 },
)
const links = fc.array(
  fc.tuple(time, fc.boolean()).map(([at, up]) => link(at, up)),
  { maxLength: 8 },
)

test('segments fill the window, differ from their neighbours, and do not depend on the order of arrival', () => {
  fc.assert(
    fc.property(statuses, links, (heard, changes) => {
      const segments = statusTimeline({ statuses: heard, links: changes }, epochMs(100), epochMs(200))
      assert.deepEqual([segments[0]!.from, segments.at(-1)!.to], [100, 200])
      for (const [index, segment] of segments.entries()) {
        const before = segments[index - 1]
        assert.ok(segment.from < segment.to && (!before || (before.to === segment.from && before.status !== segment.status)))
      }
      assert.deepEqual(statusTimeline({ statuses: heard.toReversed(), links: changes.toReversed() }, epochMs(100), epochMs(200)), segments)
    }),
    { seed: 4, numRuns: 1_000 },
  )
})

test('at every moment of the window the timeline says what was last said by then, or that the link was down', () => {
  fc.assert(
    fc.property(statuses, links, (heard, changes) => {
      const segments = statusTimeline({ statuses: heard, links: changes }, epochMs(100), epochMs(200))
      for (let at = 100; at < 200; at++) {
        const last = heard
          .filter((event) => event.at <= at)
          .reduce<StatusEvent | undefined>((newest, event) => {
            const older = newest && (event.at < newest.at || (event.at === newest.at && event.receivedAt < newest.receivedAt))
            return older ? newest : event
          }, undefined)
        const sameMoment = heard.filter((event) => event.at === last?.at && event.receivedAt === last.receivedAt)
        const down =
          changes
            .filter(({ since }) => since <= at)
            .sort((a, b) => a.since - b.since || Number(a.up) - Number(b.up))
            .at(-1)?.up === false
        const { status } = segments.find(({ from, to }) => from <= at && at < to)!
        if (down) assert.equal(status, 'offline')
        else if (!last) assert.equal(status, 'unknown')
        else
          assert.ok(
            sameMoment.some((event) => event.status === status),
            `${status} at ${at}`,
          )
      }
    }),
    { seed: 5, numRuns: 200 },
  )
})

test('the status now is the newest by station time: an older one that comes late changes nothing', () => {
  const live = [said(100, 'available'), said(150, 'charging'), said(170, 'charging')]
  const now = { status: 'charging', since: 150, lastKnown: { status: 'charging', at: 170 } }
  assert.deepEqual(evseStatusNow(live, link(0, true)), now)
  assert.deepEqual(evseStatusNow([...live, said(120, 'faulted', 999)], link(0, true)), now)
})
test('while the link is down the status is offline, with what was last known', () =>
  assert.deepEqual(evseStatusNow([said(150, 'charging')], link(180, false)), {
    status: 'offline',
    since: 180,
    lastKnown: { status: 'charging', at: 150 },
  }))
test('an EVSE that never spoke is unknown', () =>
  assert.deepEqual(evseStatusNow([], link(0, true)), { status: 'unknown', since: undefined, lastKnown: undefined }))
test('the status now is where the timeline ends', () => {
  fc.assert(
    fc.property(statuses, (events) => {
      // An EVSE that says it knows nothing looks like one that was never heard.
      const heard = events.filter(({ status }) => status !== 'unknown')
      const end = statusTimeline({ statuses: heard, links: [] }, epochMs(0), epochMs(1_000)).at(-1)!
      const { status, since } = evseStatusNow(heard, link(0, true))
      assert.equal(end.status, status)
      if (since !== undefined && since > 0) assert.equal(end.from, since)
    }),
    { seed: 4, numRuns: 1_000 },
  )
})
