import { randomBytes } from 'node:crypto'

export interface Login {
  readonly email: string
  readonly password: string
}
/** What a visitor needs; made anew at each start, printed once, kept nowhere. */
export interface DemoCredentials {
  readonly operator: Login
  readonly driver: Login
}

const password = () => randomBytes(12).toString('base64url')

export const drawCredentials = (): DemoCredentials => ({
  operator: { email: 'operator@lunebridge.example', password: password() },
  driver: { email: 'driver@lunebridge.example', password: password() },
})
