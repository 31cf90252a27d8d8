import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOLDING_STATES, RESERVATION_STATES, type ReservationState } from './reservation.ts'
import { nextReservationState, RESERVATION_EVENTS, type ReservationEvent, reservationDiagram } from './reservation-state.ts'

const stories: [string, readonly ReservationEvent[], ReservationState | undefined][] = [
  ['a reservation that is pushed, used and left is completed', ['pushed', 'started', 'ended'], 'completed'],
  ['a station that refuses does not take the slot from the driver', ['refusedByStation', 'started'], 'active'],
  ['a station that drops a reservation may be asked again', ['pushed', 'droppedByStation', 'pushed'], 'pushed'],
  ['an unused slot is released', ['pushed', 'unusedAtDeadline'], 'released'],
  ['the deadline does not release a slot in use', ['started', 'unusedAtDeadline'], 'active'],
  ['a released reservation starts nothing', ['unusedAtDeadline', 'started'], undefined],
  ['a reservation in use is not cancelled', ['started', 'cancelled'], undefined],
  ['cancelling twice is cancelling once', ['cancelled', 'cancelled'], 'cancelled'],
  ['a completed reservation is not cancelled', ['started', 'ended', 'cancelled'], undefined],
  ['an end that is heard before its start completes', ['ended', 'started'], 'completed'],
]
for (const [sentence, events, last] of stories)
  test(sentence, () => {
    let state: ReservationState | undefined = 'confirmed'
    for (const event of events) state = state && nextReservationState(state, event)
    assert.equal(state, last)
  })

test('what no longer holds its slot never holds it again', () => {
  for (const state of RESERVATION_STATES.filter((each) => !HOLDING_STATES.includes(each)))
    for (const event of RESERVATION_EVENTS) assert.ok([state, undefined].includes(nextReservationState(state, event)))
})

test('start and end of a transaction lead to the same state in either order', () => {
  for (const state of HOLDING_STATES) {
    const then = (first: ReservationEvent, second: ReservationEvent) => nextReservationState(nextReservationState(state, first)!, second)
    assert.equal(then('started', 'ended'), then('ended', 'started'))
  }
})

test('the diagram draws every change and every end', () => {
  const diagram = reservationDiagram()
  assert.match(diagram, /^stateDiagram-v2\n {2}\[\*\] --> confirmed\n/)
  assert.match(diagram, /pushed --> confirmed: refusedByStation/)
  for (const state of ['completed', 'released', 'cancelled']) assert.match(diagram, new RegExp(`${state} --> \\[\\*\\]`))
  assert.doesNotMatch(diagram, /active --> \[\*\]/)
})
