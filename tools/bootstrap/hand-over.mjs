import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** @param {number | null} code @param {NodeJS.Signals | null} signal */
export const exitCodeOf = (code, signal) => code ?? (signal ? 128 + constants.signals[signal] : 1)

/**
 * Runs the program that was asked for in our place: same terminal, signals passed on, its exit code as ours.
 * The channel tells it when this process is gone, however it ended, so that no server stays behind.
 * @param {{ path: string, env: NodeJS.ProcessEnv }} node
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export const handOver = (node, args) =>
  new Promise((resolve) => {
    const child = spawn(node.path, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: node.env })
    // On a terminal, Ctrl-C reaches the whole group by itself: passing it on would press it twice.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', (error) => {
      process.stderr.write(`  ✘ ${node.path} could not be started: ${error.message}\n`)
      resolve(1)
    })
    child.on('exit', (code, signal) => resolve(exitCodeOf(code, signal)))
  })
