import swagger from '@fastify/swagger'
import Fastify from 'fastify'
import { registerEvents } from './events/register-events.ts'
import { openApi } from './openapi.ts'
import { registerRoute } from './register-routes.ts'
import { ROUTES } from './routes.ts'
import { NAMED } from './schemas/ref.ts'
import { validatorCompiler } from './validation.ts'

/** The OpenAPI 3.1 document of the API, from the routes alone: nothing is opened. Ends with a line break. */
export const openApiDocument = async (): Promise<string> => {
  const server = Fastify({ logger: false })
  server.setValidatorCompiler(validatorCompiler)
  server.decorateRequest('caller', undefined)
  for (const schema of NAMED) server.addSchema(schema)
  await server.register(swagger, openApi)
  const nothing = () => {
    throw new Error('this server only describes itself')
  }
  for (const definition of ROUTES) registerRoute(server, nothing, definition)
  registerEvents(server, nothing)
  await server.ready()
  const document = server.swagger()
  await server.close()
  return `${JSON.stringify(document, null, 2)}\n`
}
