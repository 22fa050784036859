import { expect, it, onTestFinished } from 'vitest'
import { OpenThreads } from '#cli/opening/open-threads'
import { documentOf } from '#instruments/years'
import { utf8 } from '#protocol/bytes'
import type { Opening } from '#results/opening'
import { TEST_YEAR } from '#tests/support/forms.ts'

it('what a thread cannot do is thrown where somebody waits, and not lost in the thread', async () => {
  const begin = { manifest: '{}', document: documentOf(TEST_YEAR), key: new Uint8Array(32) }
  const threads = new OpenThreads(begin, {} as Opening, () => undefined)
  onTestFinished(() => threads.end())
  await threads.add(utf8('{"lane":"iit","sealed":"AAAA"}\n'))
  await expect(threads.finish()).rejects.toThrow('not a manifest')
})
