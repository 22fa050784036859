import { createServer, type Server } from 'node:http'
import { brotliCompressSync } from 'node:zlib'

const PAGE = `<!doctype html><html lang="th"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>bare</title><h1>ข้อ 1</h1><form><fieldset data-item="I1"><legend>ท่านเห็นด้วยเพียงใด</legend>
${[1, 2, 3, 4].map((code) => `<label class="choice"><input type="radio" name="a" value="${code}"> ${code}</label>`).join('\n')}
</fieldset></form><script src="/page.js"></script></html>`

const PAGE_SCRIPT = `navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready).then(() => {
  document.documentElement.dataset.stored = 'yes' })`

const WORKER = `self.addEventListener('install', (event) => event.waitUntil(
  caches.open('bare').then((cache) => cache.addAll(['/', '/page.js']))))
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => event.respondWith(
  caches.match(event.request, { ignoreSearch: true }).then((found) => found || fetch(event.request))))`

const FILES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': ['text/html; charset=utf-8', PAGE],
  '/page.js': ['text/javascript', PAGE_SCRIPT],
  '/worker.js': ['text/javascript', WORKER],
}

/** One question in plain HTML behind a service worker of its own: what nothing that does more can be faster than. */
export async function serveBarePage(): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(({ url = '/' }, response) => {
    const file = FILES[new URL(url, 'http://bare').pathname]
    if (!file) return response.writeHead(404).end()
    const [type, body] = file
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br', 'cache-control': 'no-cache' })
    return response.end(brotliCompressSync(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no address')
  return { url: `http://127.0.0.1:${address.port}/`, server }
}
