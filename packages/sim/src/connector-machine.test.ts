import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  CONNECTOR,
  CONNECTOR_EVENTS,
  CONNECTOR_STATES,
  type ConnectorEvent,
  type ConnectorState,
  connectorDiagram,
  isLocked,
} from './connector-machine.ts'

const walk = (events: readonly ConnectorEvent[], from: ConnectorState = 'available'): ConnectorState =>
  events.reduce<ConnectorState>((state, event) => {
    const next = CONNECTOR[state][event]
    return next === 'refused' ? state : next
  }, from)

test('every state says what it does with every event', () => {
  for (const state of CONNECTOR_STATES) assert.deepEqual(Object.keys(CONNECTOR[state]).sort(), [...CONNECTOR_EVENTS].sort(), state)
})

for (const [sentence, events, state] of [
  ['a plugged car waits for its driver', ['plug'], 'preparing'],
  ['a card before the cable waits for it', ['authorise'], 'authorised'],
  ['both, in either order, start', ['authorise', 'plug'], 'starting'],
  ['a stop ramps down first', ['authorise', 'plug', 'energise', 'stop'], 'rampingDown'],
  ['then stays locked while voltage is present', ['authorise', 'plug', 'energise', 'stop', 'currentZero'], 'locked'],
  ['a locked plug cannot be pulled', ['authorise', 'plug', 'energise', 'stop', 'currentZero', 'unplug'], 'locked'],
  ['and is free without voltage', ['authorise', 'plug', 'energise', 'stop', 'currentZero', 'voltageGone'], 'finishing'],
  ['a reservation outlasts a cable', ['reserve', 'plug'], 'reserved'],
  ['a fault wins over everything', ['authorise', 'plug', 'energise', 'fault'], 'faulted'],
] as const)
  test(sentence, () => assert.equal(walk(events), state))

test('from locked to free there is no way around zero current and zero voltage', () => {
  const events = fc.array(fc.constantFrom(...CONNECTOR_EVENTS.filter((event) => event !== 'fault' && event !== 'breakaway')), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(events, (steps) => {
      let state: ConnectorState = 'available'
      for (const step of steps) {
        const before: ConnectorState = state
        state = walk([step], state)
        if (isLocked(before) && !isLocked(state)) assert.deepEqual([before, step], ['locked', 'voltageGone'])
      }
    }),
    { seed: 15, numRuns: 500 },
  )
})

test('from every state the way back to available can be found', () => {
  for (const start of CONNECTOR_STATES) {
    const reached = new Set<ConnectorState>([start])
    for (const state of reached) for (const next of Object.values(CONNECTOR[state])) if (next !== 'refused') reached.add(next)
    assert.ok(reached.has('available'), start)
  }
})

test('draws itself as a Mermaid diagram', () => {
  const diagram = connectorDiagram()
  assert.match(diagram, /^stateDiagram-v2\n {2}\[\*\] --> available\n/)
  assert.match(diagram, /locked --> finishing: voltageGone/)
})
