/** Saves a file to the device, as any download. */
export function saveFile(name: string, parts: BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // after the browser has begun to read it
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
