import { decodeMessage } from '../exi/convert.ts'
import { exiVerb } from '../exi/exi-verb.ts'

export const exiDecode = exiVerb({
  verb: 'decode',
  summary: 'print the XML of an ISO 15118 or DIN 70121 message that is given as EXI',
  message: 'an EXI body in hexadecimal, without V2GTP header',
  from: 'exi_hex',
  to: 'xml',
  convert: decodeMessage,
  examples: ['voltway exi decode --schema app_protocol 80400040', 'voltway exi decode --jsonl messages.jsonl'],
})
