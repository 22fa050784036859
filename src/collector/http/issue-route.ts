import type { FastifyInstance } from 'fastify'
import { concat, sha256 } from '#protocol/bytes'
import { codeHash, parseCode } from '#protocol/code'
import { bangkokDay } from '#protocol/day'
import { type BlindedPair, type IssueRequest, PROTOCOL_VERSION, type SignedPair } from '#protocol/messages'
import type { CodeOutcome, CodeUse, IssuerStore } from '../issuer/issuer-store.ts'
import { type Clock, campaignIssuing, type Issuing, issueClosed } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import type { RateLimits } from './rate-limits.ts'
import { RefusalError } from './refusal.ts'
import { ISSUE_SCHEMA } from './schemas.ts'
import { signOrRefuse } from './sign-or-refuse.ts'

/**
 * `POST /v2/issue`: an unused code, once, for two blind signatures; the same request again gets the same answer. The answer
 * ends the connection: whoever logs connections must not see a code and a later delivery on one.
 */
export function addIssueRoute(app: FastifyInstance, issuer: IssuerStore, now: Clock, limits: RateLimits): void {
  app.post<{ Body: IssueRequest }>('/v2/issue', { schema: { body: ISSUE_SCHEMA } }, async (request, reply) => {
    reply.header('connection', 'close')
    const cid = exactBytes(request.body.cid)
    const { campaign, issuing } = await campaignIssuing(issuer, cid, now)
    const slip = parseCode(request.body.code)
    if (!slip || slip.code !== request.body.code || !campaign.manifest.lanes[slip.lane]) {
      await limits.wrong(request)
      throw new RefusalError(403, 'code-unknown', 'this campaign has no such code')
    }
    const { blinded } = request.body
    const blindedHash = await sha256(concat(exactBytes(blinded.outer), exactBytes(blinded.inner)))
    const use = { cid, lane: slip.lane, codeHash: await codeHash(cid, slip.code), blindedHash }
    const known = await issuer.look(use)
    const isNewcomer = known === 'code-unknown' && slip.lane === 'eit-open'
    // a poster has no code that could be guessed: late is late
    if (isNewcomer && issuing === 'repeats') throw issueClosed()
    if (isNewcomer) await limits.poster(request)
    const seen = isNewcomer ? await admitted(issuer, use, now) : known
    if (seen === 'code-unknown') await limits.wrong(request)
    else await limits.sameCode(request)
    refuseUnless(seen, issuing)
    return { v: PROTOCOL_VERSION, signed: await signAndUse(issuer, use, blinded) }
  })
}

/** A phone that scanned the poster brings a code of its own; the lane's switch and the day's number decide. */
async function admitted(issuer: IssuerStore, { cid, codeHash }: CodeUse, now: Clock): Promise<'unused'> {
  const admission = await issuer.openLane.admit(cid, codeHash, bangkokDay(now()))
  if (admission === 'open-off') throw new RefusalError(403, 'open-off', 'the lane of the poster is switched off')
  if (admission === 'open-full') throw new RefusalError(403, 'open-full', 'no more tickets for the poster today')
  return 'unused'
}

/** What can be refused is refused before it costs a signature. */
function refuseUnless(seen: CodeOutcome | 'unused', issuing: Issuing): void {
  if (seen === 'code-unknown') throw new RefusalError(403, 'code-unknown', 'this campaign has no such code')
  if (seen === 'code-used') throw new RefusalError(409, 'code-used', 'this code was used already')
  if (seen === 'issue-closed' || (seen === 'unused' && issuing === 'repeats')) throw issueClosed()
}

/** Signs before the code is used up, so that a message that cannot be signed costs nobody a slip. */
async function signAndUse(issuer: IssuerStore, use: CodeUse, blinded: BlindedPair): Promise<SignedPair> {
  const keys = await issuer.keys.of(use.cid, use.lane)
  if (!keys) throw new RefusalError(403, 'campaign-closed', 'this campaign issues no more tickets')
  const signed = signOrRefuse(keys, blinded)
  // two requests may have looked at the same moment: only the store decides who was first
  refuseUnless(await issuer.exchange(use), 'issuing')
  return signed
}
