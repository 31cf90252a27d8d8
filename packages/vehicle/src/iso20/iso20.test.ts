import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connect, sequenceOf } from './testing/cable.ts'
import { obligingEnds } from './testing/ends.ts'

const COMMON = ['SessionSetup', 'AuthorizationSetup', 'Authorization', 'ServiceDiscovery', 'ServiceDetail', 'ServiceSelection']

test('a car charges with alternating current by a schedule, from SessionSetup to SessionStop', () => {
  const course = connect(obligingEnds('AC_three_phase'))
  assert.deepEqual([course.seccEnd, course.evccEnd], [{ code: 'finished' }, { code: 'finished' }])
  assert.deepEqual(sequenceOf(course), [
    ...COMMON,
    'AC_ChargeParameterDiscovery',
    'ScheduleExchange',
    'PowerDelivery',
    'AC_ChargeLoop',
    'PowerDelivery',
    'SessionStop',
  ])
})

test('a car charges with direct current: cable check, pre-charge and welding detection around the delivery', () => {
  const course = connect(obligingEnds('DC'))
  assert.deepEqual([course.seccEnd, course.evccEnd], [{ code: 'finished' }, { code: 'finished' }])
  assert.deepEqual(sequenceOf(course), [
    ...COMMON,
    'DC_ChargeParameterDiscovery',
    'ScheduleExchange',
    'DC_CableCheck',
    'DC_PreCharge',
    'PowerDelivery',
    'DC_ChargeLoop',
    'PowerDelivery',
    'DC_WeldingDetection',
    'SessionStop',
  ])
})
