import { tableDiagram } from '../machine/table.ts'
import { EVCC_TABLE } from './evcc/table.ts'
import { SECC_TABLE } from './secc/table.ts'

export { EVCC_TABLE as ISO20_EVCC_TABLE } from './evcc/table.ts'
export { iso20Evcc, iso20Secc } from './protocols.ts'
export { SECC_TABLE as ISO20_SECC_TABLE } from './secc/table.ts'

export const iso20SeccDiagram = (): string => tableDiagram(SECC_TABLE, 'sessionSetup')
export const iso20EvccDiagram = (): string => tableDiagram(EVCC_TABLE, 'sessionSetup')
