import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { din70121, iso2 } from '@voltway/wire/iso15118'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'wire', 'src', 'iso15118', 'fixtures')

interface Vector {
  readonly exi_hex: string
}

const vectorsOf = (name: string): readonly Uint8Array[] =>
  readFileSync(join(FIXTURES, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line): Vector => JSON.parse(line))
    .map(({ exi_hex }) => Uint8Array.fromHex(exi_hex))

/** Generated messages of every kind with random contents, put into a session; those that are no whole messages are left out. */
export const oddFrames = (protocol: 'din70121' | 'iso15118-2', SessionID: Uint8Array): readonly Uint8Array[] =>
  vectorsOf(protocol).flatMap((exi) => {
    if (protocol === 'din70121') {
      const document = din70121.codec.document.decode(exi)
      if (!document.ok || document.value.root !== 'V2G_Message') return []
      const { Header, Body } = document.value.value
      const written = din70121.codec.document.encode({ root: 'V2G_Message', value: { Header: { ...Header, SessionID }, Body } })
      return written.ok ? [written.value] : []
    }
    const document = iso2.codec.document.decode(exi)
    if (!document.ok || document.value.root !== 'V2G_Message') return []
    const { Header, Body } = document.value.value
    const written = iso2.codec.document.encode({ root: 'V2G_Message', value: { Header: { ...Header, SessionID }, Body } })
    return written.ok ? [written.value] : []
  })

/** The name of the message in a payload; undefined when it is none. */
export const bodyNameOf = (protocol: 'din70121' | 'iso15118-2', exi: Uint8Array): string | undefined => {
  const document = protocol === 'din70121' ? din70121.codec.document.decode(exi) : iso2.codec.document.decode(exi)
  return document.ok && document.value.root === 'V2G_Message' ? Object.keys(document.value.value.Body)[0] : undefined
}
