import { insertContract, listContracts } from '@voltway/store'
import { isoOf, uuidv7 } from '@voltway/units'
import { Type } from 'typebox'
import { canonicalEmaid, hashIdToken } from '../../identity/hash-id-token.ts'
import { given } from '../given.ts'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { IdParams, Instant, Uuid } from '../schemas/common.ts'
import { named, ref } from '../schemas/ref.ts'
import { iso } from '../views/times.ts'
import { createToken } from './create-token.ts'
import { findDriver } from './find-driver.ts'

export const ContractView = named(
  'Contract',
  Type.Object({
    id: Uuid,
    emaid: Type.String(),
    createdAt: Instant,
    installedAt: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'When a car last fetched it' })),
    isGood: Type.Boolean({ description: 'Neither its token nor its driver is blocked or expired' }),
  }),
)

export const createContractRoute = route({
  id: 'createContract',
  method: 'POST',
  url: '/drivers/:id/contracts',
  summary:
    'A contract for Plug & Charge, which the car with this provisioning certificate fetches over its cable; its eMAID becomes a token',
  access: 'drivers:write',
  status: 201,
  params: IdParams,
  body: Type.Object({
    emaid: Type.String({
      pattern: '^[A-Za-z]{2}-?[A-Za-z0-9]{3}-?[A-Za-z0-9]{9}(-?[A-Za-z0-9])?$',
      description: 'With or without hyphens and check digit',
    }),
    pcid: Type.String({
      pattern: '^[ -~]{4,64}$',
      description: "The common name of the car's OEM provisioning certificate; only its keyed hash is kept",
    }),
  }),
  reply: ref(ContractView),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const driver = await findDriver(tx, tenantId, params.id)
    const createdAt = services.clock.now()
    const emaid = canonicalEmaid(body.emaid)
    const token = { type: 'contract', token: emaid, label: `Contract ${emaid.slice(0, 5)}` } as const
    const idTokenId = await createToken(tx, services, { tenantId, driverId: driver.id, token }).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      throw new Problem('ALREADY_EXISTS', 'This account is registered already.', {
        errors: [{ path: 'body.emaid', message: 'is registered' }],
      })
    })
    const id = uuidv7<'Contract'>(createdAt, services.random)
    const pcidHash = hashIdToken(body.pcid, services.secrets.hmacKey)
    if (!(await insertContract(tx, tenantId, { id, driverId: driver.id, idTokenId, emaid, pcidHash, createdAt })))
      throw new Problem('ALREADY_EXISTS', 'This car has a contract already.', {
        errors: [{ path: 'body.pcid', message: 'has a contract' }],
      })
    return { id, emaid, createdAt: isoOf(createdAt), isGood: driver.state === 'active' }
  },
})

export const listContractsRoute = route({
  id: 'listContracts',
  method: 'GET',
  url: '/drivers/:id/contracts',
  summary: 'Contracts for Plug & Charge of a driver, and whether a car fetched them',
  access: 'drivers:read',
  params: IdParams,
  reply: Type.Object({ items: Type.Array(ref(ContractView)) }),
  async handle({ params, caller: { tenantId }, tx, services }) {
    const { id: driverId } = await findDriver(tx, tenantId, params.id)
    const rows = await listContracts(tx, tenantId, { driverId, now: services.clock.now() })
    return { items: rows.map((row) => given({ ...row, createdAt: isoOf(row.createdAt), installedAt: iso(row.installedAt) })) }
  },
})
