import { codeOf, uuid } from './fake-places.ts'

/** Every screen of the app, by the address that shows it with the made-up data. */
export const SCREENS: readonly (readonly [name: string, path: string])[] = [
  ['find', '/'],
  ['map', '/?view=map'],
  ['site', `/sites/${uuid(1, 1)}`],
  ['evse', `/e/${codeOf(1, 4)}`],
  ['plan', `/plan/${codeOf(1, 4)}`],
  ['reservation', `/reservations/${uuid(4, 1)}`],
  ['start', '/start'],
  ['start-evse', `/start/${codeOf(1, 4)}`],
  ['help', '/help'],
  ['session', `/sessions/${uuid(3, 1)}`],
  ['receipt', `/sessions/${uuid(3, 2)}/receipt`],
  ['charging', '/charging'],
  ['notices', '/notifications'],
  ['me', '/me'],
  ['sign-in', '/sign-in'],
  ['sign-up', '/sign-up'],
]
