import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SeededRandom } from '#cli/demo/seeded-random'
import type { Lane } from '#protocol/lane'
import type { Response } from '#results/open-responses'
import { CONTACTS } from '#survey/contacts'
import { closedRound, HOLDER_PASSPHRASES } from '#tests/support/closed-round.ts'
import { inspectAll } from '#tests/support/inspect-looks.ts'
import { OfficePage } from '#tests/support/office-page.ts'
import { randomAnswers } from '#tests/support/random-answers.ts'

function visitors(lane: Lane, form: string, n: number): Response[] {
  const random = new SeededRandom(n)
  return Array.from({ length: n }, (_, row) => {
    const contact = CONTACTS[row % 3 === 0 ? 1 : 0] ?? 'other'
    return { lane, answers: randomAnswers(form, random), coarse: lane === 'iit' ? {} : { contact } }
  })
}

it('every page of the room holds in Thai and English, normal and largest text, light and dark, at a desk and on a phone', {
  timeout: 600_000,
}, async () => {
  const junk = { lane: 'iit' as const, sealed: new Uint8Array(1105).fill(4) }
  const { folder, data, keys, collector } = await closedRound([
    ...visitors('iit', 'iit-2566', 30),
    ...visitors('eit-public', 'eit-2566', 45),
    ...visitors('eit-survey', 'eit-2566', 3),
    ...visitors('eit-open', 'eit-2566', 12),
    junk,
  ])
  const office = await OfficePage.open(folder, collector.url)
  const { page } = office
  await page.goto(`${office.url}/admin/`)
  await page.waitForSelector('#passkey')
  await page.click('summary')
  await inspectAll(office, 'sign-in')
  await office.joinAsAdmin(data, 'ผู้ดูแล "=1+1" 🙂', async (step) => inspectAll(office, step))
  await inspectAll(office, 'rounds')

  await page.click('a[href="#instruments"]')
  await page.waitForSelector('#instruments-file')
  const [example = ''] = await office.saved('#template-2566')
  await page.setInputFiles('#instruments-file', example)
  await page.waitForSelector('[data-fault=id-taken]')
  await page.click('summary:has(~ .disclosed #paste-text)')
  await page.fill('#paste-text', 'I1\tคำถามที่คัดลอกมา\nI2\tอีกข้อหนึ่ง')
  await page.fill('#paste-id', '2566-own')
  await page.click('#check-paste')
  await page.waitForSelector('[data-placed="2"]')
  await inspectAll(office, 'instruments')
  await page.click('a[href="#rounds"]')
  await page.click('#create-round')
  await page.waitForSelector('[data-form=plan]')
  await page.click('#make-draft')
  await inspectAll(office, 'create')
  await page.click('a[href="#rounds"]')
  await office.createDraft({ iit: 40, 'eit-public': 200 }, 30)
  await page.waitForSelector('[data-holder]')
  await page.click('[data-holder] button[type=submit]')
  await inspectAll(office, 'holder')
  const files = await office.holdCeremony(HOLDER_PASSPHRASES, async (step) => inspectAll(office, step))
  expect(files).toHaveLength(3)
  await page.click('#begin-round')
  await page.waitForSelector('[data-form=slips]')
  await office.printedCodes('iit', 10)
  await page.waitForSelector('[data-printing]')
  await inspectAll(office, 'sheets')
  await office.part('tablets')
  await page.fill('[name=point]', 'เคาน์เตอร์ 1 =SUM(A1) "ด่วน"')
  await page.click('[data-form=tablet] button[type=submit]')
  await page.waitForSelector('[data-invited]')
  await inspectAll(office, 'tablets')
  await office.part('watch')
  await page.click('#close-round')
  await inspectAll(office, 'watch')
  await office.part('oit')
  await page.waitForSelector('.oit-item')
  await page.fill('[data-item=O1] input[type=url]', 'javascript:alert(1)')
  await inspectAll(office, 'oit')

  await page.click('a[href="#rounds"]')
  await page.click('.card:has(.answers-closed)')
  await office.part('open')
  await page.waitForSelector('[data-open-desk]')
  await page.setInputFiles('[name=key]', keys[0] ?? '')
  await page.fill('#passphrase', 'ผิดแน่นอน')
  await page.click('.share-desk button[type=submit]')
  await page.waitForSelector('[data-fault=wrong-passphrase]')
  await inspectAll(office, 'open')
  await office.unlock(keys[0] ?? '', HOLDER_PASSPHRASES[0], 1)
  await office.unlock(keys[1] ?? '', HOLDER_PASSPHRASES[1], 2)
  await page.click('#open-box')
  await page.waitForSelector('[data-results="90"]')
  await inspectAll(office, 'results')
  await page.emulateMedia({ media: 'print' })
  const session = await page.context().newCDPSession(page)
  const { data: paper } = await session.send('Page.printToPDF', { preferCSSPageSize: true })
  writeFileSync(join(import.meta.dirname, '..', '.artifacts', 'office-results.pdf'), Buffer.from(paper, 'base64'))
  await page.emulateMedia({ media: 'screen' })
  await page.click('#keep-tables')
  await page.click('a[href="#team"]')
  await page.click('#invite-viewer')
  await page.waitForSelector('[data-invitation]')
  await inspectAll(office, 'team')
  await page.click('a[href="#log"]')
  await page.waitForSelector('.log td')
  await inspectAll(office, 'log')
})
