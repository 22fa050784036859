/** Things done in a second, from a count and a start. */
export function perSecond(count: number, startedMs: number): number {
  return count / ((performance.now() - startedMs) / 1000)
}

export function report(name: string, rate: number, besides: Readonly<Record<string, number>> = {}): void {
  const ratios = Object.entries(besides).map(([other, base]) => `${(rate / base).toFixed(2)} × ${other}`)
  console.log(`${name.padEnd(62)}${Math.round(rate).toLocaleString('en').padStart(9)} /s   ${ratios.join(', ')}`)
}
