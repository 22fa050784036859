import type { Page } from 'playwright-core'
import { SeededRandom } from '#cli/demo/seeded-random'
import { answerPage, goOn, untilReady } from './answering.ts'
import { openBox } from './open-box.ts'
import type { Phone } from './phone.ts'
import { randomAnswers } from './random-answers.ts'
import type { Round } from './round.ts'

/** What the visitor of these journeys answers. */
export const VISITOR_ANSWERS = randomAnswers('eit-2566', new SeededRandom(5))

/** From a slip to the review screen of the short questionnaire. */
export async function toReview(phone: Phone, link: string): Promise<void> {
  await phone.page.goto(link)
  await untilReady(phone.page)
  await phone.tap('#start')
  await phone.tap('[data-opening=used] label:has(input[value=yes])')
  await phone.tap('[data-opening=contact] label:has(input[value=service])')
  await goOn(phone)
  for (const page of [0, 1, 2]) {
    await phone.page.waitForSelector(`[data-item=E${page * 5 + 1}]`)
    await answerPage(phone, 'eit-2566', page, VISITOR_ANSWERS, 'touch')
    await goOn(phone)
  }
  await phone.page.waitForSelector('#seal')
}

/** How many visitors' responses the box holds. */
export async function storedIn(round: Round): Promise<number> {
  const box = await openBox(round.data)
  const [cid] = (await box.campaigns.all()).map((campaign) => campaign.cid)
  let rows = 0
  for await (const _ of box.sealedRows(cid as Uint8Array, 'eit-public')) rows += 1
  await box.end()
  return rows
}

/** All that a browser keeps for this site, as text. */
export function everythingStored(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const rows = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      for (const table of database.objectStoreNames) {
        const request = database.transaction(table).objectStore(table).getAll()
        rows.push([name, table, await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))])
      }
      database.close()
    }
    const cached = await Promise.all(
      (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    )
    return JSON.stringify({
      rows,
      cached,
      local: { ...localStorage },
      session: { ...sessionStorage },
      history: history.state,
      address: location.href,
    })
  })
}
