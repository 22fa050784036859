import Fastify, { type FastifyInstance } from 'fastify'
import { MAX_BODY_BYTES } from '#protocol/sizes'
import type { ActLog } from '../acts/act-log.ts'
import type { BoxStore } from '../box/box-store.ts'
import { PublishedLists } from '../installation/published-lists.ts'
import { RequestCounts } from '../installation/request-counts.ts'
import type { IssuerStore } from '../issuer/issuer-store.ts'
import type { OfficeStore } from '../office/office-store.ts'
import { noteOpening } from '../rounds/campaign-life.ts'
import { shapeAnswers } from './answers.ts'
import { addBoxRoute } from './box-route.ts'
import { addManifestRoutes, addReceiptRoute, addSlipCountRoute } from './campaign-routes.ts'
import type { Clock } from './campaign-source.ts'
import { addCounterRoutes } from './counter-routes.ts'
import { addHealthRoute } from './health-route.ts'
import { addEmblemRoute, addInstrumentsRoute } from './instruments-route.ts'
import { addIssueRoute } from './issue-route.ts'
import { readJsonStrictly } from './json-body.ts'
import { addOffice } from './office/add-office.ts'
import type { OfficeTools } from './office/office.ts'
import { makeRateLimits } from './rate-limits.ts'
import { addReportRoute } from './report-route.ts'
import { addSealedBoxRoutes } from './sealed-box-routes.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { serveApp, serveOffice } from './static-app.ts'

export interface CollectorParts {
  /** Null where only the box runs. */
  readonly issuer: IssuerStore | null
  /** Null where only the issuer runs. */
  readonly box: BoxStore | null
  readonly acts: ActLog
  /** The survey team's room: its store and tools; absent where issuer and box are apart. */
  readonly office?: OfficeStore | null
  readonly officeTools?: OfficeTools
  /** Folder of the built app, or null to serve the interface only. */
  readonly appFolder: string | null
  /** Folder of the built room of the survey team. */
  readonly officeFolder?: string | null
  /** Folder of lists that are made once; without it they are kept in memory. */
  readonly publishedFolder?: string
  /** Whether slips and deliveries are taken here: default yes; not where only the room runs. */
  readonly takesPart?: boolean
  /** How many campaigns take responses and have no key here. */
  readonly missingKeys?: () => number
  /** Windows are enforced by this clock. */
  readonly now?: Clock
  readonly counters?: RequestCounts
  /** Behind a proxy on this machine, which says whom it serves and whether over TLS. */
  readonly behindProxy?: boolean
  /** How long a request may take to arrive, ms. */
  readonly requestTimeoutMs?: number
}

/** Slow clients are let go: connections are a shared thing. */
const REQUEST_TIMEOUT_MS = 30_000

/** An office of 300 phones with room; more is nobody answering a survey. */
const MOST_CONNECTIONS = 4000

/** Builds the collector without listening: tests inject requests, `startCollector` listens. Writes no request log. */
export async function buildCollector(parts: CollectorParts): Promise<FastifyInstance> {
  const { appFolder, behindProxy = false, requestTimeoutMs = REQUEST_TIMEOUT_MS } = parts
  const app = Fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: requestTimeoutMs,
    http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: Math.min(5000, requestTimeoutMs) },
    connectionTimeout: 60_000,
    keepAliveTimeout: 60_000,
    trustProxy: behindProxy ? 'loopback' : false,
    // strict shapes: nothing is coerced and no unknown member is quietly dropped
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  })
  app.server.maxConnections = MOST_CONNECTIONS
  readJsonStrictly(app)
  shapeAnswers(app, parts.counters ?? new RequestCounts())
  await addSecurityHeaders(app)
  await addRoutes(app, parts)
  if (appFolder) await serveApp(app, appFolder)
  if (parts.officeFolder && parts.officeTools) await serveOffice(app, parts.officeFolder, parts.officeTools.origin)
  return app
}

async function addRoutes(app: FastifyInstance, parts: CollectorParts): Promise<void> {
  const { issuer, box, now = Date.now, takesPart = true } = parts
  const campaigns = (box ?? issuer)?.campaigns
  if (!campaigns) throw new Error('a collector is an issuer, a box or both')
  const limits = await makeRateLimits(app)
  addHealthRoute(app, parts)
  addManifestRoutes(app, campaigns)
  if (issuer) {
    addSlipCountRoute(app, issuer)
    if (takesPart) {
      addIssueRoute(app, issuer, now, limits)
      addCounterRoutes(app, issuer, now, limits)
    }
  }
  if (box) {
    if (takesPart) addBoxRoute(app, box, now, limits)
    addInstrumentsRoute(app, box.instruments)
    addEmblemRoute(app, box.emblems)
    addReceiptRoute(app, { box, acts: parts.acts, lists: new PublishedLists(parts.publishedFolder ?? null) })
    const note = (campaign: Parameters<typeof noteOpening>[1]) => noteOpening(parts, campaign, 'holders of the key')
    addSealedBoxRoutes(app, { box, limits, now, noteOpening: note })
  }
  const { office, officeTools, acts } = parts
  if (issuer && box && office && officeTools) {
    addReportRoute(app, office.reports)
    await addOffice(app, { issuer, box, acts, office, end: async () => undefined }, officeTools, { now, limits })
  }
}
