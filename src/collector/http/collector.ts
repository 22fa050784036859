import Fastify, { type FastifyInstance } from 'fastify'
import { MAX_BODY_BYTES } from '#protocol/sizes'
import type { BoxStore } from '../box/box-store.ts'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import { shapeAnswers } from './answers.ts'
import { addBoxRoute } from './box-route.ts'
import { addCampaignRoutes } from './campaign-routes.ts'
import { addIssueRoute } from './issue-route.ts'
import { readJsonStrictly } from './json-body.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { serveApp } from './static-app.ts'

export interface CollectorParts {
  readonly issuer: IssuerStore
  readonly box: BoxStore
  /** Folder of the built app, or null to serve the interface only. */
  readonly appFolder: string | null
}

/** Builds the collector without listening: tests inject requests, `startCollector` listens. Writes no request log. */
export async function buildCollector({ issuer, box, appFolder }: CollectorParts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 60_000,
    // strict shapes: nothing is coerced and no unknown member is quietly dropped
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  })
  readJsonStrictly(app)
  shapeAnswers(app)
  await addSecurityHeaders(app)
  app.get('/v1/health', async () => {
    await box.campaignIds()
    return { v: 1, ok: true }
  })
  addIssueRoute(app, issuer, box)
  addBoxRoute(app, box)
  addCampaignRoutes(app, box)
  if (appFolder) await serveApp(app, appFolder)
  return app
}
