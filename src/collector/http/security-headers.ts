import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'

/** Name of the app's one Trusted Types policy: it lets the service worker's address through, nothing else. */
const WORKER_POLICY = 'prongsai-worker'

/** The camera reads another tablet's QR codes; nothing else is ever asked for. */
const PERMISSIONS = [
  'camera=(self)',
  ...['geolocation', 'microphone', 'payment', 'usb', 'serial', 'hid', 'display-capture'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ')

const HSTS_SECONDS = 31_536_000

const SELF = ["'self'"]
const NONE = ["'none'"]

/** What pages may load and run, as helmet takes it and the audit expects it. */
export const CONTENT_POLICY = {
  defaultSrc: NONE,
  scriptSrc: SELF,
  styleSrc: SELF,
  imgSrc: [...SELF, 'data:'],
  fontSrc: SELF,
  connectSrc: SELF,
  manifestSrc: SELF,
  workerSrc: SELF,
  baseUri: NONE,
  formAction: NONE,
  frameAncestors: NONE,
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: [WORKER_POLICY],
}

/** Strict headers for everything: own files only, no inline code, no framing, no referrer. */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  const headers = await strictHeaders()
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    // said over TLS only: over plain http browsers ignore it, and a developer's machine must not promise it
    if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${HSTS_SECONDS}`)
  })
}

/** The same for every answer, so they are asked of helmet once and not with each request. */
async function strictHeaders(): Promise<Readonly<Record<string, string>>> {
  const asked = Fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: false,
    xPermittedCrossDomainPolicies: false,
  })
  asked.get('/', async () => '')
  const { headers } = await asked.inject('/')
  await asked.close()
  const ofHelmet = Object.entries(headers).filter(([name]) => !OF_THE_ANSWER.has(name))
  return {
    ...Object.fromEntries(ofHelmet.map(([name, value]) => [name, String(value)])),
    'permissions-policy': PERMISSIONS,
  }
}

/** Headers that belong to one answer. */
const OF_THE_ANSWER = new Set(['content-type', 'content-length', 'date', 'connection', 'keep-alive'])
