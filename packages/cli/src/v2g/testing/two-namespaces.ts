import { spawn, spawnSync } from 'node:child_process'

/** Two network namespaces joined by a cable: `veth-secc` in the first, `veth-evcc` in the second, each with a link-local address. */
const CABLE = `set -e
ip link add veth-secc type veth peer name veth-evcc
unshare -n sleep 100 & car=$!
trap 'kill $car' EXIT
while [ "$(readlink /proc/$car/ns/net)" = "$(readlink /proc/$$/ns/net)" ]; do sleep 0.02; done
ip link set veth-evcc netns $car
ip link set veth-secc addrgenmode none up
ip -6 address add fe80::5ecc/64 dev veth-secc nodad
in_car="nsenter -t $car -n"
$in_car ip link set veth-evcc addrgenmode none up
$in_car ip -6 address add fe80::eacc/64 dev veth-evcc nodad
`

const inNamespace = ['--map-root-user', '--net', '--fork', '--kill-child', 'sh', '-c']

/** Why namespaces cannot be made here; undefined where they can. */
export const whyNoNamespaces = (): string | undefined => {
  const { status, stderr, error } = spawnSync('unshare', [...inNamespace, CABLE], { encoding: 'utf8', timeout: 10_000 })
  return status === 0 ? undefined : (error?.message ?? (stderr.trim() || `unshare ended with ${status}`))
}

/**
 * Runs a shell script where `$in_car COMMAND` runs on the car's side of the cable and everything else on the station's.
 * @returns what it printed; everything in the namespaces is gone then
 */
export const onCable = (script: string): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn('unshare', [...inNamespace, CABLE + script], { stdio: ['ignore', 'pipe', 'pipe'], timeout: 40_000 })
    const printed = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].on('data', (bytes: Buffer) => {
        printed[stream] += bytes.toString()
      })
    child.on('error', (error) => resolve({ ...printed, status: null, stderr: error.message }))
    child.on('close', (status) => resolve({ status, ...printed }))
  })
