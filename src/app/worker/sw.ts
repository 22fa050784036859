/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: Parameters<typeof precacheAndRoute>[0] }

/**
 * Everything the app needs, all locales, fonts and questionnaires included, is stored at installation. Workbox answers
 * GET requests for exactly these files, `/`, `/counter`, `/check` and `/r/…`; any other request, and every POST, goes to the network untouched
 * (a worker that re-sent POSTs lost bodies on iOS).
 */
precacheAndRoute(self.__WB_MANIFEST, {
  directoryIndex: 'index.html',
  cleanURLs: false,
  ignoreURLParametersMatching: [/^openExternalBrowser$/],
  // pages beside the respondent's own have addresses without a file name
  urlManipulation: ({ url }) =>
    /^\/(counter|check)$/.test(url.pathname)
      ? [new URL(`${url.pathname}.html`, url)]
      : url.pathname.startsWith('/r/')
        ? [new URL('/report.html', url)]
        : [],
})
cleanupOutdatedCaches()

/** The first worker takes the page that installed it, so that even the first visit survives losing the network. */
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  if (event.data === 'apply-update') void self.skipWaiting()
})
