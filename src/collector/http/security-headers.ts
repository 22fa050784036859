import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** Name of the app's one Trusted Types policy: it lets the service worker's address through, nothing else. */
const WORKER_POLICY = 'prongsai-worker'

/** The camera reads another tablet's QR codes; nothing else is ever asked for. */
const PERMISSIONS = [
  'camera=(self)',
  ...['geolocation', 'microphone', 'payment', 'usb', 'bluetooth', 'serial', 'hid', 'display-capture'].map(
    (feature) => `${feature}=()`,
  ),
].join(', ')

const HSTS_SECONDS = 31_536_000

/** Strict headers for everything: own files only, no inline code, no framing, no referrer. */
export async function addSecurityHeaders(app: FastifyInstance): Promise<void> {
  const self = ["'self'"]
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: self,
        styleSrc: self,
        imgSrc: [...self, 'data:'],
        fontSrc: self,
        connectSrc: self,
        manifestSrc: self,
        workerSrc: self,
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: [WORKER_POLICY],
      },
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
