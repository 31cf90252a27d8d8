import { SerializerSelector } from '@fastify/fast-json-stringify-compiler'

type Factory = ReturnType<typeof SerializerSelector>
type Given = Parameters<Factory>

/** The writers of JSON answers that Fastify makes itself, each made at its first answer, so that the server starts at once. */
export const serializerCompilers: Factory = (...given: Given) => {
  const make = SerializerSelector()(...given)
  return (route) => {
    let write: ReturnType<typeof make> | undefined
    return (answer) => {
      write ??= make(route)
      return write(answer)
    }
  }
}
