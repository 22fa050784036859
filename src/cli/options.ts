import { InvalidArgumentError } from 'commander'

/** Reads a whole number of at least 0 from the command line. */
export function countOption(text: string): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count)) throw new InvalidArgumentError('give a whole number')
  return count
}

/** Reads a number of things done at a time, 1…256. */
export function concurrencyOption(text: string): number {
  const count = countOption(text)
  if (count < 1 || count > 256) throw new InvalidArgumentError('give a whole number from 1 to 256')
  return count
}

/** Reads a port, 0…65535. */
export function portOption(text: string): number {
  const port = countOption(text)
  if (port > 65_535) throw new InvalidArgumentError('give a port, a whole number up to 65535')
  return port
}
