import { EMBLEM_SIDE, plainPng } from '#protocol/emblem'

/** Why a picture cannot be an emblem. */
export type EmblemFault = 'emblem-too-large' | 'emblem-unreadable'

const MOST_FILE_BYTES = 5_000_000
const MOST_PIXELS = 25_000_000
/** A drawing without a size of its own. */
const DRAWN_SIDE = 256

/**
 * A small PNG of what somebody chose: decoded as a picture, where a script in a drawing does not run and nothing is fetched,
 * drawn anew, and stripped of everything but the picture.
 */
export async function redrawEmblem(file: File): Promise<Uint8Array<ArrayBuffer> | EmblemFault> {
  if (file.size > MOST_FILE_BYTES) return 'emblem-too-large'
  const picture = await decoded(file)
  if (!picture) return 'emblem-unreadable'
  const [width, height] = [picture.naturalWidth || DRAWN_SIDE, picture.naturalHeight || DRAWN_SIDE]
  if (width * height > MOST_PIXELS) return 'emblem-too-large'
  const scale = EMBLEM_SIDE / Math.max(width, height)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  const plain = blob && plainPng(new Uint8Array(await blob.arrayBuffer()))
  return plain ?? 'emblem-too-large'
}

async function decoded(file: File): Promise<HTMLImageElement | null> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  }).catch(() => null)
  if (!url?.startsWith('data:image/')) return null
  const picture = new Image()
  picture.src = url
  return picture.decode().then(
    () => picture,
    () => null,
  )
}
