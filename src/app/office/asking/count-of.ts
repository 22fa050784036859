/** The whole number that was typed into a field, 0 for anything else. */
export function countOf(text: string): number {
  return /^\s*\d{1,7}\s*$/.test(text) ? Number(text) : 0
}
