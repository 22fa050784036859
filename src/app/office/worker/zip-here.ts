import {
  type AsyncZippable,
  type FlateCallback,
  type FlateError,
  type UnzipCallback,
  type UnzipOptions,
  unzipSync,
  type Zippable,
  zipSync,
} from 'fflate/browser'

export { strFromU8, strToU8, unzipSync, zipSync } from 'fflate/browser'

/** What the workbooks' libraries call, done right here: the originals start a worker of their own from text, which the page's policy forbids. */
export function zip(files: AsyncZippable, done: FlateCallback): void {
  done(null, zipSync(files as Zippable))
}

export function unzip(bytes: Uint8Array, options: UnzipOptions | UnzipCallback, then?: UnzipCallback): void {
  const done = typeof options === 'function' ? options : then
  let files: ReturnType<typeof unzipSync> = {}
  let fault: FlateError | null = null
  try {
    files = unzipSync(bytes, typeof options === 'function' ? undefined : options)
  } catch (error) {
    fault = error as FlateError
  }
  done?.(fault, files)
}
