import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { closedRound, HOLDER_PASSPHRASES } from '#tests/support/closed-round.ts'
import { ita } from '#tests/support/ita.ts'
import { staff } from '#tests/support/random-answers.ts'

it('a folder with the box alone is opened only beside the issuer’s counts: not knowing them is not none', async () => {
  const { folder, data, campaign, keys, collector } = await closedRound(staff(20), { iit: 20 })
  const alone = join(folder, 'box-alone')
  mkdirSync(alone)
  for (const file of ['box.sqlite', 'acts.sqlite']) copyFileSync(join(data, file), join(alone, file))
  const open = (...more: string[]) =>
    ita(
      [
        ...['open', '--data', alone, '--campaign', campaign.manifest.cid, '--out', join(folder, 'out')],
        ...keys.slice(0, 2).flatMap((key) => ['--key', key]),
        ...more,
      ],
      { ITA_PASSPHRASE_1: HOLDER_PASSPHRASES[0], ITA_PASSPHRASE_2: HOLDER_PASSPHRASES[1] },
    )
  expect(await open()).toMatchObject({ code: 1, stderr: expect.stringContaining('--issuer') })
  expect(await open('--issuer', 'http://127.0.0.1:9')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('counts'),
  })
  expect(await open('--issuer', collector.url)).toMatchObject({ code: 0, stderr: '' })

  // and where there is no room, what leaves is chosen here: once
  const choose = (choice: string) =>
    ita(['choose', '--data', alone, '--campaign', campaign.manifest.cid, '--lane', 'iit', '--choice', choice])
  expect(await choose('both')).toMatchObject({ code: 2, stderr: expect.stringContaining('breakdowns') })
  expect(await choose('breakdowns')).toMatchObject({ code: 0, stdout: expect.stringContaining('iit: breakdowns') })
  expect(await choose('rows')).toMatchObject({ code: 1, stderr: expect.stringContaining('chosen before') })
})
