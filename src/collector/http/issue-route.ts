import type { FastifyInstance } from 'fastify'
import { sha256, toBase64Url } from '#protocol/bytes'
import { codeHash, parseCode } from '#protocol/code'
import { type IssueRequest, PROTOCOL_VERSION } from '#protocol/messages'
import { blindSign } from '../issuer/blind-sign.ts'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import { type CampaignSource, openCampaign } from './campaign-source.ts'
import { exactBytes } from './exact-base64.ts'
import { RefusalError } from './refusal.ts'
import { ISSUE_SCHEMA } from './schemas.ts'

/** `POST /v1/issue`: an unused code, once, for a blind signature; the same request again gets the same answer. */
export function addIssueRoute(app: FastifyInstance, issuer: IssuerStore, campaigns: CampaignSource): void {
  app.post<{ Body: IssueRequest }>('/v1/issue', { schema: { body: ISSUE_SCHEMA } }, async ({ body }) => {
    const cid = exactBytes(body.cid)
    const { manifest } = await openCampaign(campaigns, cid)
    const slip = parseCode(body.code)
    if (!slip || slip.code !== body.code || !manifest.lanes[slip.lane]) {
      throw new RefusalError(403, 'code-unknown', 'this campaign has no such code')
    }
    const key = await issuer.signingKey(cid, slip.lane)
    if (!key) throw new RefusalError(403, 'campaign-closed', 'this campaign issues no more tickets')
    const blinded = exactBytes(body.blinded)
    const signature = signOrRefuse(() => blindSign(key, blinded))
    const use = { cid, lane: slip.lane, codeHash: await codeHash(cid, slip.code), blindedHash: await sha256(blinded) }
    const outcome = await issuer.useCode(use)
    if (outcome === 'code-unknown') throw new RefusalError(403, 'code-unknown', 'this campaign has no such code')
    if (outcome === 'code-used') throw new RefusalError(409, 'code-used', 'this code was used already')
    return { v: PROTOCOL_VERSION, signature: toBase64Url(signature) }
  })
}

/** Signs before the code is used up, so that a message that cannot be signed costs nobody a slip. */
function signOrRefuse(sign: () => Uint8Array): Uint8Array {
  try {
    return sign()
  } catch (error) {
    if (error instanceof RangeError) throw new RefusalError(400, 'bad-request', 'not a blinded message')
    throw error
  }
}
