import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roleRefusal } from './role-refusal.ts'

const role = { name: 'app', superuser: false, bypassesRls: false, version: 180_004, database: 'voltway' }

test('an ordinary role of a new enough server may run Voltway', () => {
  assert.equal(roleRefusal(role), undefined)
  assert.equal(roleRefusal({ ...role, version: 150_000 }), undefined)
})

test('a superuser, a role that bypasses row-level security and an old server are refused, with what to do', () => {
  assert.match(
    roleRefusal({ ...role, superuser: true }) ?? '',
    /"app" is a superuser[\s\S]*create role voltway login nosuperuser nobypassrls/,
  )
  assert.match(roleRefusal({ ...role, bypassesRls: true, name: 'a"b' }) ?? '', /"a""b" has BYPASSRLS/)
  assert.match(roleRefusal({ ...role, version: 149_999 }) ?? '', /PostgreSQL 14; 15 or newer/)
})
