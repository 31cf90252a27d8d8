import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { generateClient } from '../../../../tools/client-generator/generate-client.ts'
import { openApiDocument } from './openapi-document.ts'
import { ROUTES } from './routes.ts'

const stale = 'run `npm run openapi` and commit what it writes'
const text = (path: string) => readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8')

test('the committed OpenAPI document is what the routes say', async () => {
  assert.ok((await text('packages/app/openapi.json')) === (await openApiDocument()), stale)
})

test('the committed client is what the document says', async () => {
  const document = JSON.parse(await text('packages/app/openapi.json'))
  assert.ok((await text('packages/client/src/generated/api.ts')) === generateClient(document), stale)
})

test('every route has a name, a summary and an access of its own', () => {
  assert.equal(new Set(ROUTES.map(({ id }) => id)).size, ROUTES.length)
  assert.equal(new Set(ROUTES.map(({ method, url }) => `${method} ${url}`)).size, ROUTES.length)
  for (const { id, summary } of ROUTES) assert.ok(summary.length > 5, id)
})

test('every reference of the document leads somewhere', async () => {
  const document = JSON.parse(await openApiDocument())
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name)
  assert.ok(references.length > 50)
  for (const name of references) assert.ok(name !== undefined && name in document.components.schemas, String(name))
})
