import { randomBytes, timingSafeEqual } from 'node:crypto'
import { fromBase64Url, toBase64Url } from '#protocol/bytes'
import { pad, seal } from '#protocol/sealed-box'
import { SIZES } from '#protocol/sizes'
import { ActRefused } from '../../campaigns/act-refused.ts'
import { noteRehearsal } from '../../rounds/campaign-life.ts'
import { Challenges } from './challenges.ts'
import { type Handlers, refusal } from './gate.ts'
import type { Office } from './office.ts'
import { roundOf, viewOf } from './round-routes.ts'

interface Canary {
  readonly cid: string
  readonly shares: string
  readonly content: Buffer
}

/**
 * Rehearsals: the collector seals a canary as large as a response to the box; the browser opens it with some holders'
 * shares and sends its content back. No key and no share ever comes here. It is sealed as a challenge, so that no response
 * could be presented as a canary and read this way.
 */
export function ceremonyRoutes(office: Office) {
  const { here } = office
  const canaries = new Challenges<Canary>(office.now)
  const nameOf = (shares: readonly number[]) => [...shares].sort((a, b) => a - b).join('+')
  return {
    async 'POST /rounds/:cid/canary'({ params, body: { shares } }) {
      const { cid, mh, manifest, state } = await roundOf(office, params)
      if (state !== 'draft') throw new ActRefused('only a draft is rehearsed', 'wrong-state')
      const content = randomBytes(32)
      const canary = canaries.add({ cid: manifest.cid, shares: nameOf(shares), content })
      const boxKey = fromBase64Url(manifest.boxKey, SIZES.boxPublicKey) as Uint8Array
      const { enc, ct } = await seal(boxKey, { cid, mh, purpose: 'challenge' }, pad(content, manifest.size))
      return { canary, enc: toBase64Url(enc), ct: toBase64Url(ct) }
    },
    async 'POST /rounds/:cid/rehearsed'({ request, params, body: { canary, shares, content }, account }) {
      const round = await roundOf(office, params)
      const known = canaries.take(canary)?.value
      const opened = Buffer.from(content, 'base64url')
      const right =
        known?.cid === round.manifest.cid &&
        known.shares === nameOf(shares) &&
        opened.length === known.content.length &&
        timingSafeEqual(opened, known.content)
      if (!right) throw refusal(409, 'act-refused')
      await noteRehearsal(here, round, shares, account.name)
      return viewOf(office, request, round)
    },
  } satisfies Partial<Handlers>
}
