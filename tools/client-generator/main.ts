// `npm run openapi`: writes packages/app/openapi.json from the routes, and the typed client from it.
import { writeFile } from 'node:fs/promises'
import { openApiDocument } from '../../packages/app/src/http/openapi-document.ts'
import { generateClient } from './generate-client.ts'

const document = await openApiDocument()
await writeFile('packages/app/openapi.json', document)
await writeFile('packages/client/src/generated/api.ts', generateClient(JSON.parse(document)))
console.log('packages/app/openapi.json and packages/client/src/generated/api.ts are written.')
