import { InvalidArgumentError } from 'commander'

/** Reads a whole number of at least 0 from the command line. */
export function countOption(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 0) throw new InvalidArgumentError('give a whole number')
  return count
}
