import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Phone } from '#tests/support/phone.ts'
import { startRound } from '#tests/support/round.ts'
import { toReview, VISITOR_ANSWERS } from '#tests/support/visitor.ts'

it('the screen shows the very values before, and the very bytes after sealing, that leave the phone', async () => {
  const round = await startRound()
  const phone = await Phone.open(join(round.folder, 'profile'))
  await toReview(phone, round.link('eit-public'))
  await phone.tap('details summary')
  const plain = JSON.parse((await phone.page.textContent('.bytes pre')) ?? '')
  expect(plain).toEqual({
    v: 2,
    form: 'eit-2566',
    part: 'eit-public',
    answers: VISITOR_ANSWERS,
    coarse: { contact: 'service' },
  })
  await phone.inspect('leaves-th-review')
  await round.stop()
  await phone.tap('#seal')
  await phone.page.waitForSelector('[data-delivery=kept]')
  await phone.tap('details summary')
  const shown = (await phone.page.textContent('.bytes pre'))?.trim()
  await phone.inspect('leaves-th-sealed')
  const sent = phone.page.waitForRequest((request) => request.url().endsWith('/v2/box'), { timeout: 70_000 })
  await round.start()
  expect((await sent).postData()).toBe(shown)
})
