/** Waits until somebody asks the program to end: Ctrl-C or a signal. Asked once more, it ends at once. */
export const untilAsked = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let asked = false
    const heard = (signal: NodeJS.Signals): void => {
      if (asked) process.exit(1)
      asked = true
      resolve(signal)
    }
    process.on('SIGINT', heard)
    process.on('SIGTERM', heard)
  })
