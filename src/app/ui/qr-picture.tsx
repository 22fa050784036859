import { useEffect, useRef } from 'react'

interface QrProps {
  readonly modules: readonly (readonly boolean[])[]
  readonly label: string
  /** Brings the picture into view when it appears. */
  readonly inView?: boolean
}

/** Black on white whatever the colours of the page are: cameras expect it. One pixel a module, scaled up without smoothing. */
export function QrPicture({ modules, label, inView = false }: QrProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const side = modules.length
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    context.fillStyle = '#fff'
    context.fillRect(0, 0, side, side)
    context.fillStyle = '#000'
    for (const [y, row] of modules.entries()) {
      for (const [x, dark] of row.entries()) if (dark) context.fillRect(x, y, 1, 1)
    }
  }, [modules, side])
  useEffect(() => {
    if (inView) canvas.current?.scrollIntoView({ block: 'center' })
  }, [inView])
  return <canvas ref={canvas} className="qr" width={side} height={side} role="img" aria-label={label} />
}
