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

/** Reads a day, e.g. 2026-12-01. */
export function dayOption(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`)
  const right = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  if (!right) throw new InvalidArgumentError('give a day of the Gregorian calendar, e.g. 2026-12-01')
  return text
}

/** Reads how many key holders open the box, of how many, e.g. 2/3. */
export function sharesOption(text: string): { threshold: number; shares: number } {
  const [threshold, shares] = text.split('/').map(Number)
  if (!/^\d\/\d$/.test(text) || !threshold || !shares || threshold < 2 || threshold > shares)
    throw new InvalidArgumentError('give e.g. 2/3; one holder alone must never open the box')
  return { threshold, shares }
}

/** Reads the address at which the app is served, without a path. */
export function originOption(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash)
    throw new InvalidArgumentError('give an address without a path, e.g. https://ita.example.go.th')
  // without TLS phones have no cryptography to answer with; a machine's own address is the exception
  if (url.protocol === 'http:' && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new InvalidArgumentError('give an https address: without TLS phones cannot seal')
  return url.origin
}
