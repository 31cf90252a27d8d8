import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { test } from 'node:test'
import { clientAddress } from './client-address.ts'

const request = (peer: string, forwarded?: string) => {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: peer })
  const message = new IncomingMessage(socket)
  if (forwarded !== undefined) message.headers['x-forwarded-for'] = forwarded
  return message
}

test('a stranger’s word about his address is not believed', () => {
  assert.equal(clientAddress([])(request('198.51.100.7', '10.0.0.1')), '198.51.100.7')
  assert.equal(clientAddress(['10.0.0.0/8'])(request('198.51.100.7', '10.0.0.1')), '198.51.100.7')
})
test('a trusted proxy’s word is, and only for the last hop that nobody trusted vouches for', () => {
  const address = clientAddress(['10.0.0.0/8', '::1'])
  assert.equal(address(request('10.0.0.9', '203.0.113.5')), '203.0.113.5')
  assert.equal(address(request('10.0.0.9', '1.2.3.4, 203.0.113.5, 10.0.0.8')), '203.0.113.5')
  assert.equal(address(request('::ffff:10.0.0.9', '203.0.113.5')), '203.0.113.5')
  assert.equal(address(request('10.0.0.9')), '10.0.0.9')
})
