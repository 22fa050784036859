import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** The app's own pages; everything else that has no file is a 404, never `index.html`. */
const PAGES = {
  '/': 'index.html',
  '/counter': 'counter.html',
  '/check': 'check.html',
  '/r/:name': 'report.html',
} as const

const YEAR_SECONDS = 31_536_000
const PAGE_SECONDS = 10

const SERVING: Omit<FastifyStaticOptions, 'root'> = {
  index: false,
  serve: true,
  preCompressed: true,
  wildcard: false,
  cacheControl: false,
  setHeaders(reply, path) {
    const hashed = path.includes('/assets/') && !['.html', ''].includes(extname(basename(path)))
    reply.header('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : freshness(path))
  },
}

/**
 * The respondent's page is kept for seconds: a page that takes a slip in leaves for a fresh one, which needs no network then.
 * Anything else is asked for every time.
 */
function freshness(path: string): string {
  return basename(path).startsWith('index.html') ? `private, max-age=${PAGE_SECONDS}` : 'no-cache'
}

/** Serves the built app: hashed assets for ever, the page and the worker always fresh, prepared compression. */
export async function serveApp(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(folder)) return
  await app.register(fastifyStatic, { ...SERVING, root: folder })
  for (const [page, file] of Object.entries(PAGES)) app.get(page, (_request, reply) => reply.sendFile(file))
}

/** Serves the survey team's room below `/admin/`; where it has a host name of its own, on that one only. */
export async function serveOffice(app: FastifyInstance, folder: string, origin?: string): Promise<void> {
  if (!existsSync(folder)) return
  await app.register(async (room) => {
    room.addHook('onRequest', async (request, reply) => {
      if (origin && new URL(origin).host !== request.headers.host) return reply.callNotFound()
    })
    await room.register(fastifyStatic, {
      ...SERVING,
      root: folder,
      prefix: '/admin/',
      decorateReply: !room.hasReplyDecorator('sendFile'),
    })
    room.get('/admin', (_request, reply) => reply.redirect('/admin/'))
    room.get('/admin/', (_request, reply) => reply.sendFile('index.html', folder))
  })
}
