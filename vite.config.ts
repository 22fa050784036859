import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { createServer, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

/** Old Android WebViews and iPhones are common among respondents; Vite's own default is newer. */
const BROWSERS = readFileSync('.browserslistrc', 'utf8')
  .split('\n')
  .filter((line) => /^\w+ \d+$/.test(line))
  .map((line) => line.replace(' ', ''))

/** Promises that only real processes, or a real browser, can be held to. */
const OF_PROCESSES = ['tests/promises/3-*.test.ts', 'tests/promises/attacker.test.ts']
const OF_BROWSERS = ['tests/promises/7-*.test.ts', 'tests/promises/9-*.test.ts']

/** Puts the first screen into index.html: Thai words on screen before any script runs. */
function prerenderFirstScreen(): Plugin {
  return {
    name: 'prerender-first-screen',
    apply: 'build',
    async transformIndexHtml(html) {
      const server = await createServer({
        configFile: false,
        plugins: [react()],
        appType: 'custom',
        logLevel: 'error',
        server: { middlewareMode: true, hmr: false, ws: false, watch: null },
        optimizeDeps: { noDiscovery: true },
      })
      try {
        const { firstScreen } = await server.ssrLoadModule('/src/app/prerender.tsx')
        return html.replace('<!--first-screen-->', firstScreen())
      } finally {
        await server.close()
      }
    },
  }
}

/** The counter's page and the one that compares rounds: the same document without the respondent's first screen; the counter's is installable under its own name. */
function otherPages(): Plugin {
  return {
    name: 'other-pages',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html']
        if (page?.type !== 'asset') return
        const bare = String(page.source).replace(
          /<div id="root">.*<\/div>(?=\s*<\/body>|\s*<script)/s,
          '<div id="root"></div>',
        )
        const counter = bare.replace('/manifest.webmanifest', '/counter.webmanifest')
        this.emitFile({ type: 'asset', fileName: 'counter.html', source: counter })
        this.emitFile({ type: 'asset', fileName: 'check.html', source: bare })
        this.emitFile({ type: 'asset', fileName: 'report.html', source: bare })
      },
    },
  }
}

/** Compresses once, at the build, what every phone will ask for. */
function compressFiles(folder: string): Plugin {
  return {
    name: 'compress-files',
    apply: 'build',
    enforce: 'post',
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        // a build that failed has its own error to tell
        if (!existsSync(folder)) return
        for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!/\.(js|css|html|svg|webmanifest)$/.test(file)) continue
          const bytes = readFileSync(join(folder, file))
          writeFileSync(join(folder, `${file}.br`), brotliCompressSync(bytes))
          writeFileSync(join(folder, `${file}.gz`), gzipSync(bytes))
        }
      },
    },
  }
}

const pwa = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/app/worker',
  filename: 'sw.ts',
  registerType: 'prompt',
  injectRegister: false,
  injectManifest: { globPatterns: ['**/*.{js,css,html,woff2,svg,png,webmanifest}'], rollupFormat: 'iife' },
  manifest: {
    id: '/',
    name: 'โปร่งใส – แบบวัดคุณธรรมและความโปร่งใส',
    short_name: 'โปร่งใส',
    description: 'ตอบแบบวัดได้แม้ไม่มีสัญญาณ คำตอบปิดผนึกในเครื่อง',
    lang: 'th',
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#f6f3ec',
    theme_color: '#0b5a4a',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
})

/** What is waited for in a browser or a process is waited for patiently: a second is nothing on a machine that does other work. */
const PATIENT = { poll: { timeout: 30_000 } }

/** Pure and quick first, then processes, then browsers. */
const PROJECTS = [
  {
    test: {
      name: 'unit',
      include: ['tests/**/*.test.ts'],
      exclude: ['tests/journeys/**', 'tests/system/**', 'tests/simulation/**', ...OF_PROCESSES, ...OF_BROWSERS],
      // scrypt and RSA keys take seconds on a busy machine
      testTimeout: 60_000,
      sequence: { groupOrder: 1 },
    },
  },
  {
    test: {
      name: 'system',
      expect: PATIENT,
      sequence: { groupOrder: 2 },
      include: ['tests/system/**/*.test.ts', 'tests/simulation/**/*.test.ts', ...OF_PROCESSES],
      testTimeout: 300_000,
      hookTimeout: 60_000,
      fileParallelism: false,
      globalSetup: ['tests/support/build-app.ts', 'tests/support/find-nginx.ts', 'tests/support/find-libreoffice.ts'],
    },
  },
  {
    test: {
      name: 'journeys',
      expect: PATIENT,
      sequence: { groupOrder: 3 },
      include: ['tests/journeys/**/*.test.ts', ...OF_BROWSERS],
      testTimeout: 180_000,
      hookTimeout: 180_000,
      maxWorkers: 2,
      globalSetup: ['tests/support/build-app.ts', 'tests/support/find-chromium.ts'],
    },
  },
]

/** The survey team's room: an app of its own, so that nothing of it reaches a respondent, and nothing of theirs changes with it. */
const OFFICE = {
  root: 'src/app/office',
  base: '/admin/',
  publicDir: false as const,
  plugins: [react(), compressFiles('dist/office')],
  // inside a worker of ours there is no other one to wait for, and the page's policy allows none made of text
  resolve: {
    alias: [{ find: /^fflate$/, replacement: join(import.meta.dirname, 'src/app/office/worker/zip-here.ts') }],
  },
  worker: { format: 'es' as const },
  build: {
    target: BROWSERS,
    outDir: join(import.meta.dirname, 'dist/office'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/v2': 'http://127.0.0.1:8080' } },
}

export default defineConfig(({ mode }) =>
  mode === 'office'
    ? OFFICE
    : mode === 'node'
      ? {
          // the terminal programs: collector and CLI in one file, libraries left to node_modules
          build: {
            ssr: true,
            target: 'node24',
            outDir: 'dist/node',
            rolldownOptions: { input: { ita: 'src/cli/main.ts' }, output: { entryFileNames: '[name].js' } },
          },
        }
      : {
          plugins: [react(), prerenderFirstScreen(), otherPages(), pwa, compressFiles('dist/app')],
          resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
          build: { target: BROWSERS, outDir: 'dist/app', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
          server: { proxy: { '/v2': 'http://127.0.0.1:8080' } },
          test: {
            reporters: ['default', './tests/support/closing-line.ts'],
            projects: PROJECTS,
          },
        },
)
