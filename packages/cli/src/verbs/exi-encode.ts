import { encodeMessage } from '../exi/convert.ts'
import { exiVerb } from '../exi/exi-verb.ts'

export const exiEncode = exiVerb({
  verb: 'encode',
  summary: 'print the EXI of an ISO 15118 or DIN 70121 message that is given as XML',
  message: 'an XML text',
  from: 'xml',
  to: 'exi_hex',
  convert: encodeMessage,
  examples: ['voltway exi encode --schema iso15118-2 < message.xml', 'voltway exi encode --jsonl messages.jsonl'],
})
