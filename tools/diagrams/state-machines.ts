import { reservationDiagram } from '@voltway/domain/reservations'
import { sessionDiagram } from '@voltway/domain/sessions'
import { connectorDiagram } from '@voltway/sim'
import { iso2EvccDiagram, iso2SeccDiagram } from '@voltway/vehicle'

/** Where the page stands in the project. */
export const STATE_MACHINES = 'docs/state-machines.md'

const MACHINES = [
  {
    name: 'Session',
    table: 'packages/domain/src/sessions/session-state.ts',
    text: 'One transaction of a station as people see it. A session that ended is never reopened; one that raises doubts is held until a person decides.',
    diagram: sessionDiagram,
  },
  {
    name: 'Reservation',
    table: 'packages/domain/src/reservations/reservation-state.ts',
    text: 'One slot of one EVSE for one driver. A station holds the EVSE while the reservation is pushed.',
    diagram: reservationDiagram,
  },
  {
    name: 'Connector of a simulated station',
    table: 'packages/sim/src/connector-machine.ts',
    text: 'What a plug, a card, a car and a fault do to a connector. The simulator page lights the current state.',
    diagram: connectorDiagram,
  },
  {
    name: 'Station in a session of ISO 15118-2',
    table: 'packages/vehicle/src/iso2/secc/table.ts',
    text: 'What a station waits for, and which requests lead on. DIN 70121 is the same without alternating current, contracts, receipts, pause and renegotiation. Any other request is answered FAILED_SequenceError, and the session ends with the output off.',
    diagram: iso2SeccDiagram,
  },
  {
    name: 'Car in a session of ISO 15118-2',
    table: 'packages/vehicle/src/iso2/evcc/table.ts',
    text: 'What a car has asked for, and what the response leads to. In `choosing` it waits for its own choice among the schedules.',
    diagram: iso2EvccDiagram,
  },
] as const

/** The page of all state machines, drawn from the tables that the code runs by. */
export const stateMachinesPage = (): string =>
  [
    '# State machines',
    '',
    'Written by `npm run diagrams` from the tables in the code: every state says there what it does with every event. An event that has no arrow from',
    'a state changes nothing or is refused.',
    ...MACHINES.flatMap(({ name, table, text, diagram }) => [
      '',
      `## ${name}`,
      '',
      `${text} Table: [\`${table}\`](../${table}).`,
      '',
      '```mermaid',
      diagram().trimEnd(),
      '```',
    ]),
    '',
  ].join('\n')
