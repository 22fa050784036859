import { existsSync } from 'node:fs'
import { basename, extname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** The app's own pages; everything else that has no file is a 404, never `index.html`. */
const PAGES = { '/': 'index.html', '/counter': 'counter.html' } as const

const YEAR_SECONDS = 31_536_000

/** Serves the built app: hashed assets for ever, the page and the worker always fresh, prepared compression. */
export async function serveApp(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(folder)) return
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    serve: true,
    preCompressed: true,
    wildcard: false,
    cacheControl: false,
    setHeaders(reply, path) {
      const hashed = path.includes('/assets/') && !['.html', ''].includes(extname(basename(path)))
      reply.header('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
    },
  })
  for (const [page, file] of Object.entries(PAGES)) app.get(page, (_request, reply) => reply.sendFile(file))
}
