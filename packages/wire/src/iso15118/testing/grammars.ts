import { type Grammar, linkGrammar } from '../../exi/grammar.ts'
import type { GrammarTables } from '../../exi/grammar-tables.ts'
import type { FieldsWriters } from '../../exi/write-fields.ts'
import { tables as appProtocol } from '../app-protocol/generated/grammar.ts'
import { writers as appProtocolWriters } from '../app-protocol/generated/writers.js'
import { tables as din70121 } from '../din70121/generated/grammar.ts'
import { writers as din70121Writers } from '../din70121/generated/writers.js'
import type { SchemaName } from '../index.ts'
import { tables as iso2 } from '../iso2/generated/grammar.ts'
import { writers as iso2Writers } from '../iso2/generated/writers.js'
import { tables as ac } from '../iso20-ac/generated/grammar.ts'
import { writers as acWriters } from '../iso20-ac/generated/writers.js'
import { tables as acdp } from '../iso20-acdp/generated/grammar.ts'
import { writers as acdpWriters } from '../iso20-acdp/generated/writers.js'
import { tables as commonMessages } from '../iso20-common-messages/generated/grammar.ts'
import { writers as commonMessagesWriters } from '../iso20-common-messages/generated/writers.js'
import { tables as dc } from '../iso20-dc/generated/grammar.ts'
import { writers as dcWriters } from '../iso20-dc/generated/writers.js'
import { tables as wpt } from '../iso20-wpt/generated/grammar.ts'
import { writers as wptWriters } from '../iso20-wpt/generated/writers.js'
import { tables as xmldsig } from '../xmldsig/generated/grammar.ts'
import { writers as xmldsigWriters } from '../xmldsig/generated/writers.js'

/** What is generated of a set. */
export interface Generated {
  readonly schema: SchemaName
  readonly tables: GrammarTables
  readonly writers: FieldsWriters
}

export const GENERATED: readonly Generated[] = [
  { schema: 'app_protocol', tables: appProtocol, writers: appProtocolWriters },
  { schema: 'din70121', tables: din70121, writers: din70121Writers },
  { schema: 'iso15118-2', tables: iso2, writers: iso2Writers },
  { schema: 'iso15118-20/CommonMessages', tables: commonMessages, writers: commonMessagesWriters },
  { schema: 'iso15118-20/AC', tables: ac, writers: acWriters },
  { schema: 'iso15118-20/DC', tables: dc, writers: dcWriters },
  { schema: 'iso15118-20/WPT', tables: wpt, writers: wptWriters },
  { schema: 'iso15118-20/ACDP', tables: acdp, writers: acdpWriters },
  { schema: 'xmldsig', tables: xmldsig, writers: xmldsigWriters },
]

/** The linked grammar of each set: random documents are walked along it. */
export const GRAMMARS: readonly (readonly [SchemaName, Grammar])[] = GENERATED.map(({ schema, tables, writers }) => [
  schema,
  linkGrammar(tables, writers),
])
