/** About two hundred rows: long enough to be worth a message, short enough to show progress. */
const BATCH_BYTES = 300_000

const NEWLINE = 10

/** Cuts a stream of bytes into batches of whole lines. What follows the last line break is the last batch. */
export async function* lineBatches(
  chunks: AsyncIterable<Uint8Array>,
  batchBytes = BATCH_BYTES,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let waiting: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    waiting.push(chunk)
    size += chunk.length
    if (size < batchBytes || !chunk.includes(NEWLINE)) continue
    const whole = joined(waiting, size)
    const end = whole.lastIndexOf(NEWLINE) + 1
    yield whole.slice(0, end)
    waiting = [whole.subarray(end)]
    size -= end
  }
  if (size > 0) yield joined(waiting, size)
}

/** The chunks of an answer as they arrive. */
export async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // nobody reads on: the connection is given back
    await reader.cancel().catch(() => undefined)
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
