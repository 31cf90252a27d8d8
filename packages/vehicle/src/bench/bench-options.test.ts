import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentialOf, makeIso20TestPki, makeTestPki } from '@voltway/pki'
import { DAY, epochMs } from '@voltway/units'
import type { LinkFacts } from '../machine/index.ts'
import { realClock } from '../transport/testing/real-clock.ts'
import { benchEvccOptions, benchSeccOptions } from './bench-options.ts'

const random = (length: number) => new Uint8Array(length).map((_, at) => at + 1)
const issuing = { now: epochMs(realClock.now() - DAY), random, ocspUrl: null }
const [pki2, pki20] = [makeTestPki(issuing), makeIso20TestPki(issuing)]
const contracts = { iso2: credentialOf(pki2.contract), iso20: credentialOf(pki20.contract) }

test('a car of the bench pays by the contract of the generation that its link is of, and by nothing where it has none of it', () => {
  const leafOver = (security: LinkFacts['security'], given: Partial<typeof contracts>) => {
    const { payments, crypto } = benchEvccOptions({ security }, { current: 'ac', contracts: given })
    assert.deepEqual(payments, ['contract'])
    return crypto?.contract?.chain.leaf
  }
  assert.equal(leafOver('tls1.2', contracts), pki2.contract.der)
  assert.equal(leafOver('tls1.3', contracts), pki20.contract.der)
  assert.equal(leafOver('tls1.3', { iso2: contracts.iso2 }), undefined)
})

test('either end of the bench speaks every protocol, the newest first, or the one that is named', () => {
  const link = { security: 'tls1.3' } as const
  const spoken = (protocol?: 'din70121' | 'iso15118-2') =>
    [
      benchEvccOptions(link, { current: 'dc', protocol }),
      benchSeccOptions(link, { current: 'dc', randomBytes: random, contractRoots: [], protocol }),
    ].map(({ protocols }) => protocols.map(({ name }) => name))
  const all = ['iso15118-20', 'iso15118-2', 'din70121']
  assert.deepEqual(spoken(), [all, all])
  assert.deepEqual(spoken('din70121'), [['din70121'], ['din70121']])
  assert.deepEqual(spoken('iso15118-2'), [['iso15118-2'], ['iso15118-2']])
})

test('a car of the bench that can give back says so, and otherwise asks for one direction only', () => {
  const link = { security: 'tls1.3' } as const
  for (const current of ['ac', 'dc'] as const) {
    const both = benchEvccOptions(link, { current, bothWays: true, control: 'dynamic' })
    assert.deepEqual(
      [both.needs.transfer, both.transfers[0], both.needs.control],
      [...(current === 'ac' ? ['AC_BPT', 'AC_BPT'] : ['DC_BPT', 'DC_BPT']), 'dynamic'],
    )
    assert.ok(both.needs.discharge)
    const one = benchEvccOptions(link, { current })
    assert.ok(one.transfers.every((transfer) => !transfer.endsWith('BPT')))
    assert.equal(one.needs.discharge, undefined)
  }
})
