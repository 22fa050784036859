import { type QRCamera, QRCanvas, rearCamera } from 'qr/dom.js'
import { latin1 } from '#protocol/qr'

/**
 * Reads QR codes from the camera, bytes as Latin-1 text, until `onSeen` says that it is enough or nobody looks any more.
 * False when there is no camera, or none that may be used. Throws what `onSeen` throws.
 */
export async function filmQrs(
  player: HTMLVideoElement,
  life: { readonly over: boolean },
  onSeen: (text: string) => Promise<boolean>,
): Promise<boolean> {
  let camera: QRCamera
  try {
    camera = await rearCamera(player)
  } catch {
    return false
  }
  try {
    const canvas = new QRCanvas({}, { textDecoder: latin1, cropToSquare: false })
    while (!life.over) {
      const seen = await camera.readFrame(canvas, true)
      if (typeof seen === 'string' && (await onSeen(seen))) break
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return true
  } finally {
    camera.stop()
  }
}
