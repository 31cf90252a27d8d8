import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'

test('the list of verbs is there without the server and its database: a verb loads them when it runs', async () => {
  const loaded: string[] = []
  const hooks = registerHooks({
    load: (url, context, next) => {
      loaded.push(url)
      return next(url, context)
    },
  })
  await import('./registry.ts')
  hooks.deregister()
  assert.ok(loaded.some((url) => url.endsWith('/cli/src/verbs/start.ts')))
  assert.deepEqual(
    loaded.filter((url) => /\/packages\/(app|store)\//.test(url)),
    [],
  )
})
