/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0] }

/**
 * Everything the app needs, all locales, fonts and questionnaires included, is stored at installation. Workbox answers
 * GET requests for exactly these files, `/` and `/counter`; any other request, and every POST, goes to the network untouched
 * (a worker that re-sent POSTs lost bodies on iOS).
 */
precacheAndRoute(self.__WB_MANIFEST, {
  directoryIndex: 'index.html',
  cleanURLs: false,
  ignoreURLParametersMatching: [/^openExternalBrowser$/],
  // the counter's page has an address without a file name
  urlManipulation: ({ url }) => (url.pathname === '/counter' ? [new URL('/counter.html', url)] : []),
})
cleanupOutdatedCaches()

/** The first worker takes the page that installed it, so that even the first visit survives losing the network. */
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  if (event.data === 'apply-update') void self.skipWaiting()
})
