import type { JsonSchema } from './compiled-schemas.ts'
import type { MessageKind, Protocol } from './protocol.ts'

/** The schema of one message that needs no other: every reference replaced by what it refers to. Undefined for an unknown action. */
export function jsonSchema({ messages, definitions }: Protocol, action: string, kind: MessageKind): JsonSchema | undefined {
  const message = messages.get(action)?.[kind]
  return message && inlined(message.schema, definitions)
}

function inlined({ $ref: reference, ...own }: JsonSchema, definitions: Protocol['definitions']): JsonSchema {
  if (reference !== undefined) return { ...inlined(definitions[reference.slice('#/definitions/'.length)] ?? {}, definitions), ...own }
  return {
    ...own,
    ...(own.items && { items: inlined(own.items, definitions) }),
    ...(own.properties && { properties: inlinedAll(own.properties, definitions) }),
  }
}

const inlinedAll = (properties: Readonly<Record<string, JsonSchema>>, definitions: Protocol['definitions']) =>
  Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, inlined(property, definitions)]))
