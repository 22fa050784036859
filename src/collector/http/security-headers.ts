import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

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
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: CONTENT_POLICY,
    },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: false,
    xPermittedCrossDomainPolicies: false,
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('permissions-policy', PERMISSIONS)
    // said over TLS only: over plain http browsers ignore it, and a developer's machine must not promise it
    if (request.protocol === 'https') reply.header('strict-transport-security', `max-age=${HSTS_SECONDS}`)
  })
}
