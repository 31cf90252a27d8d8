// Human output: one line per step, with a tick and seconds. Plain lines when the output is not a terminal.

const tty = process.stderr.isTTY === true
const paint = (/** @type {number} */ code, /** @type {string} */ text) =>
  tty && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text

/** @param {number} milliseconds */
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`

/** @param {string} text */
export const say = (text) => process.stderr.write(`${text}\n`)

/** A failure that is shown to a person as it is, without a stack. */
export class Stop extends Error {
  /**
   * @param {string} message what went wrong
   * @param {string} [advice] what to do
   */
  constructor(message, advice) {
    super(advice ? `${message}\n  What to do: ${advice}` : message)
  }
}

/**
 * Runs one step and prints its line; `progress` may be called by the step with what it is at.
 * @template T
 * @param {string} title
 * @param {(progress: (text: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export const step = async (title, work) => {
  const began = performance.now()
  let saidAt = began
  const progress = (/** @type {string} */ text) => {
    const now = performance.now()
    if (tty) process.stderr.write(`\r\u001b[2K  … ${title}: ${text}`)
    else if (now - saidAt > 10_000) {
      saidAt = now
      say(`  … ${title}: ${text}`)
    }
  }
  if (tty) process.stderr.write(`  … ${title}`)
  try {
    const result = await work(progress)
    say(`${tty ? '\r\u001b[2K' : ''}  ${paint(32, '✔')} ${title} (${seconds(performance.now() - began)})`)
    return result
  } catch (error) {
    say(`${tty ? '\r\u001b[2K' : ''}  ${paint(31, '✘')} ${title} (${seconds(performance.now() - began)})`)
    throw error
  }
}
