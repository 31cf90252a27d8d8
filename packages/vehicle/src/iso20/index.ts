import { tableDiagram } from '../machine/table.ts'
import { EVCC_TABLE } from './evcc/table.ts'
import { SECC_TABLE } from './secc/table.ts'

export { iso20Evcc, iso20Secc } from './protocols.ts'

/** The tables as Mermaid state diagrams, for the docs. */
export const iso20SeccDiagram = (): string => tableDiagram(SECC_TABLE, 'sessionSetup')
export const iso20EvccDiagram = (): string => tableDiagram(EVCC_TABLE, 'sessionSetup')
