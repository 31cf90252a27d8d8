import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SESSION_EVENTS, SESSION_STATES, SESSION_TABLE, type SessionState, sessionDiagram, stepSession } from './session-state.ts'

test('every state answers every event', () => {
  for (const state of SESSION_STATES) {
    assert.deepEqual(Object.keys(SESSION_TABLE[state]).sort(), [...SESSION_EVENTS].sort())
    for (const event of SESSION_EVENTS) {
      const next = stepSession(state, event)
      assert.ok(next.ok ? SESSION_STATES.includes(next.value) : next.failure.state === state && next.failure.event === event)
    }
  }
})

test('every state is reached from pending', () => {
  const reached = new Set<SessionState>(['pending'])
  for (const state of reached)
    for (const event of SESSION_EVENTS) {
      const next = SESSION_TABLE[state][event]
      if (next) reached.add(next)
    }
  assert.deepEqual([...reached].sort(), [...SESSION_STATES].sort())
})

test('nothing reopens a session that ended, and nothing moves one that was billed', () => {
  const live = ['pending', 'charging', 'suspended', 'idle']
  for (const state of ['ended', 'held', 'billed'] as const)
    for (const event of SESSION_EVENTS) assert.ok(!live.includes(SESSION_TABLE[state][event] ?? ''))
  for (const event of SESSION_EVENTS) assert.equal(stepSession('billed', event).ok, false)
})

test('a held session is billed only after a person released it', () => {
  assert.equal(stepSession('held', 'billed').ok, false)
  assert.deepEqual(stepSession('held', 'released'), { ok: true, value: 'ended' })
})

test('the diagram draws every state and every change', () => {
  const lines = sessionDiagram().split('\n')
  for (const state of SESSION_STATES)
    assert.ok(
      lines.some((line) => line.includes(` ${state}`)),
      state,
    )
  assert.ok(lines.includes('  ended --> held: doubted'))
  assert.ok(!lines.includes('  charging --> charging: charging'))
})
