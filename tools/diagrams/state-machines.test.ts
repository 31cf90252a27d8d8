import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { STATE_MACHINES, stateMachinesPage } from './state-machines.ts'

test('the page of state machines is as the tables in the code are; npm run diagrams writes it anew', () => {
  assert.equal(readFileSync(resolve(import.meta.dirname, '../..', STATE_MACHINES), 'utf8'), stateMachinesPage())
})
