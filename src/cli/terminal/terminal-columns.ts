/** Pads to so many columns of a terminal: Thai vowels and tone marks above and below take no column of their own. */
export function padded(text: string, columns: number): string {
  const width = [...text].filter((char) => !/\p{Mn}/u.test(char)).length
  return text + ' '.repeat(Math.max(1, columns - width))
}
