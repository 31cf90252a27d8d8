import { tableDiagram } from '../machine/table.ts'
import { evccProtocol } from './evcc/evcc-protocol.ts'
import { EVCC_TABLE } from './evcc/table.ts'
import { ISO2_DIALECT } from './iso2-dialect.ts'
import { seccProtocol } from './secc/secc-protocol.ts'
import { SECC_TABLE } from './secc/table.ts'

/** The tables as Mermaid state diagrams, for the docs. */
export const iso2SeccDiagram = (): string => tableDiagram(SECC_TABLE, 'sessionSetup')
export const iso2EvccDiagram = (): string => tableDiagram(EVCC_TABLE, 'sessionSetup')

/** ISO 15118-2 in a station. */
export const iso2Secc = seccProtocol(ISO2_DIALECT)
/** ISO 15118-2 in a car. */
export const iso2Evcc = evccProtocol(ISO2_DIALECT)
