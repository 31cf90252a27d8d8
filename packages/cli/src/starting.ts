import { CommandFailure } from './command-failure.ts'

/** Starts something of the server's; what keeps it from starting is shown to a person as what it is. @throws CommandFailure */
export const starting = async <Started>(start: () => Promise<Started>): Promise<Started> => {
  try {
    return await start()
  } catch (error) {
    const { StartFailure } = await import('@voltway/app')
    throw error instanceof StartFailure ? new CommandFailure(error.message, error.advice) : error
  }
}
