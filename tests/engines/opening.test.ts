import { join } from 'node:path'
import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import { fromBase64Url } from '#protocol/bytes'
import { SIZES } from '#protocol/sizes'
import { closedRound, HOLDER_PASSPHRASES } from '#tests/support/closed-round.ts'
import { ENGINES, type EnginePhone } from '#tests/support/engines/engine-phone.ts'
import { openEngine } from '#tests/support/engines/open-engine.ts'
import { ita } from '#tests/support/ita.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'

const PASSWORD = 'four words long enough'

/** A round whose box has a point with an odd y: a browser that works it out from the private key may find its mirror image. */
async function oddRound() {
  const responses = Array.from({ length: 12 }, (_, seed) => ({
    lane: 'iit' as const,
    answers: randomAnswers('iit-2566', new SeededRandom(seed + 1)),
  }))
  for (;;) {
    const round = await closedRound(responses)
    const point = fromBase64Url(round.campaign.manifest.boxKey, SIZES.boxPublicKey)
    if (point && (point[point.length - 1] ?? 0) % 2 === 1) return round
    await round.collector.stop()
  }
}

type OddRound = Awaited<ReturnType<typeof oddRound>>

/** Joins as one who has no passkey, and signs out and in again: at the very address that this program prints. */
async function enterRoom(phone: EnginePhone, { data, collector }: OddRound): Promise<void> {
  const origin = collector.url.replace('127.0.0.1', 'localhost')
  const { stdout } = await ita(['admin', 'invite', '--data', data, '--role', 'admin', '--origin', origin])
  await phone.goto(stdout.trim())
  await phone.type('[name=name]', 'Admin')
  await phone.click('[data-form=join] button[type=submit]')
  await phone.waitFor('#make-passkey')
  await phone.click('details.disclosure summary')
  await phone.type('[data-form=join-password] [name=password]', PASSWORD)
  const secret = await phone.text('[data-form=join-password] code')
  await phone.type('[data-form=join-password] [name=code]', new TOTP({ secret }).generate())
  await phone.click('[data-form=join-password] button[type=submit]')
  await phone.waitFor('[data-office=in]')
  await phone.reload()
  await phone.waitFor('[data-office=in]')
}

describe.each(ENGINES)('%s', (engine) => {
  it('opens a box in the room with two holders’ keys, whatever the box’s key', { timeout: 300_000 }, async () => {
    const round = await oddRound()
    const phone = await openEngine(engine, join(round.folder, 'profile'))
    await enterRoom(phone, round)
    await phone.click('a.card')
    await phone.click('.parts a[href$=".open"]')
    for (const at of [0, 2]) {
      await phone.choose('[name=key]', round.keys[at] ?? '')
      await phone.type('#passphrase', HOLDER_PASSPHRASES[at] ?? '')
      await phone.click('.share-desk button[type=submit]')
      await phone.waitFor(`[data-share="${at + 1}"]`)
    }
    await phone.click('#open-box')
    await phone.waitFor('[data-results="12"], [data-refused]')
    expect(
      await phone.evaluate("document.querySelector('[data-refused]')?.getAttribute('data-refused') ?? null"),
    ).toBeNull()
    await phone.picture('room-opened')
  })
})
