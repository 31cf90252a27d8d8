import type { Environment } from '../verb.ts'

/** What one check found. */
export interface Finding {
  /** What was looked at, as a person says it. */
  readonly check: string
  /** skipped: there was nothing to look at here, which is no fault. */
  readonly state: 'ok' | 'failed' | 'skipped'
  readonly detail: string
  /** What to do; only where it failed. */
  readonly advice?: string
}

export interface CheckInput {
  /** The folder of the clone. */
  readonly root: string
  readonly env: Environment
  readonly platform: string
  readonly arch: string
  /** 0 for root; undefined where the system has no such number. */
  readonly userId: number | undefined
  /** The address and port that the server would take. */
  readonly host: string
  readonly port: number
  /** Absolute folder of the embedded database and the generated secret. */
  readonly dataDirectory: string
  /** The PostgreSQL server that would be used; undefined for the embedded one. */
  readonly databaseUrl: string | undefined
}

export type Check = (input: CheckInput) => Promise<Finding> | Finding

export const passed = (check: string, detail: string): Finding => ({ check, state: 'ok', detail })
export const skipped = (check: string, detail: string): Finding => ({ check, state: 'skipped', detail })
export const failed = (check: string, detail: string, advice: string): Finding => ({ check, state: 'failed', detail, advice })
