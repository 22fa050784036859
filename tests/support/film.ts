import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** Pixels of a film that a browser's camera sees. */
const FILM = { width: 640, height: 480 } as const

const CHROMA = Buffer.alloc((FILM.width * FILM.height) / 2, 128)

/** The first line of a y4m film, with so many pictures a second. */
export function filmHead(rate: number): string {
  return `YUV4MPEG2 W${FILM.width} H${FILM.height} F${rate}:1 Ip A1:1 C420jpeg\n`
}

/**
 * One picture of a screen as a camera sees it that is held a little askew, in dim light. Luma only, which is what a
 * decoder reads. `picture` is a data URL.
 */
export async function filmFrame(page: Page, picture: string, angle: number): Promise<Buffer> {
  const luma = await page.evaluate(seenByCamera, { ...FILM, picture, angle })
  return Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(luma, 'base64'), CHROMA])
}

/** A film of one picture that stands still. */
export async function stillFilm(page: Page, picture: string, file: string): Promise<void> {
  writeFileSync(file, Buffer.concat([Buffer.from(filmHead(5)), await filmFrame(page, picture, 3)]))
}

async function seenByCamera({
  width,
  height,
  picture,
  angle,
}: {
  width: number
  height: number
  picture: string
  angle: number
}): Promise<string> {
  const screen = Object.assign(new Image(), { src: picture })
  await screen.decode()
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingEnabled = false
  context.fillStyle = '#555'
  context.fillRect(0, 0, width, height)
  context.translate(width / 2, height / 2)
  context.rotate((angle * Math.PI) / 180)
  context.globalAlpha = 0.8
  const side = height * 0.88
  context.drawImage(screen, -side / 2, -side / 2, side, side)
  const { data } = context.getImageData(0, 0, width, height)
  let luma = ''
  for (let at = 0; at < data.length; at += 4) luma += String.fromCharCode(data[at] ?? 0)
  return btoa(luma)
}
