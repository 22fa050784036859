import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** Name of the app's one Trusted Types policy: it lets the service worker's address through, nothing else. */
const WORKER_POLICY = 'prongsai-worker'

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
    // over plain http on a developer's machine HSTS is ignored by browsers; behind TLS it holds
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    xPermittedCrossDomainPolicies: false,
  })
  app.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()')
  })
}
