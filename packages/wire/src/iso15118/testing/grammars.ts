import { type Grammar, linkGrammar } from '../../exi/grammar.ts'
import { tables as appProtocol } from '../app-protocol/generated/grammar.ts'
import { tables as din70121 } from '../din70121/generated/grammar.ts'
import type { SchemaName } from '../index.ts'
import { tables as iso2 } from '../iso2/generated/grammar.ts'
import { tables as ac } from '../iso20-ac/generated/grammar.ts'
import { tables as acdp } from '../iso20-acdp/generated/grammar.ts'
import { tables as commonMessages } from '../iso20-common-messages/generated/grammar.ts'
import { tables as dc } from '../iso20-dc/generated/grammar.ts'
import { tables as wpt } from '../iso20-wpt/generated/grammar.ts'
import { tables as xmldsig } from '../xmldsig/generated/grammar.ts'

/** The linked grammar of each set: random documents are walked along it. */
export const GRAMMARS: readonly (readonly [SchemaName, Grammar])[] = [
  ['app_protocol', linkGrammar(appProtocol)],
  ['din70121', linkGrammar(din70121)],
  ['iso15118-2', linkGrammar(iso2)],
  ['iso15118-20/CommonMessages', linkGrammar(commonMessages)],
  ['iso15118-20/AC', linkGrammar(ac)],
  ['iso15118-20/DC', linkGrammar(dc)],
  ['iso15118-20/WPT', linkGrammar(wpt)],
  ['iso15118-20/ACDP', linkGrammar(acdp)],
  ['xmldsig', linkGrammar(xmldsig)],
]
