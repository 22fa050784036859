let wanted: string | null = null

/** An item that somebody wants to do something about: the page of measures begins there. */
export function wantItem(item: string): void {
  wanted = item
}

/** Asked once. */
export function takeWantedItem(): string | null {
  const item = wanted
  wanted = null
  return item
}
