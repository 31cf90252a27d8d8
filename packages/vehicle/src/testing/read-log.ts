import type { SchemaName } from '@voltway/wire/iso15118'
import { CODECS } from '@voltway/wire/iso15118'
import { appProtocolCodec } from '../machine/negotiation.ts'
import type { CableLog } from './cable.ts'

/** The name of the message in a payload; repeated ones once. */
const nameOf = (exi: Uint8Array, schema: 'din70121' | 'iso15118-2'): string => {
  const document = CODECS[schema].document.decode(exi)
  if (document.ok && document.value.root === 'V2G_Message') return Object.keys(document.value.value.Body)[0] ?? 'nothing'
  const negotiation = appProtocolCodec.decode(exi)
  return negotiation.ok ? negotiation.value.root : 'unreadable'
}

/** What was sent, message after message; the same several times in a row stands once. */
export const sentIn = (log: readonly CableLog[], schema: SchemaName & ('din70121' | 'iso15118-2')): readonly string[] => {
  const names = log.flatMap(({ output }) => (output.kind === 'send' ? [nameOf(output.payload, schema)] : []))
  return names.filter((name, index) => name !== names[index - 2])
}

/** What an environment was told, by the names; the same several times in a row stands once. */
export const toldIn = (log: readonly CableLog[], from: 'secc' | 'evcc'): readonly string[] => {
  const names = log.flatMap((one) => (one.from === from && one.output.kind === 'tell' ? [one.output.told.told] : []))
  return names.filter((name, index) => name !== names[index - 1])
}
