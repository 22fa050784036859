import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { appChunk } from './src/build/app-chunk.ts'
import { BROWSERS } from './src/build/browsers.ts'
import { compressFiles } from './src/build/compress-files.ts'
import { intakeScript } from './src/build/intake-script.ts'
import { otherPages, prerenderFirstScreen } from './src/build/pages.ts'

/** Promises that only real processes, or a real browser, can be held to. */
const OF_PROCESSES = ['tests/promises/3-*.test.ts', 'tests/promises/attacker.test.ts']
const OF_BROWSERS = ['tests/promises/7-*.test.ts', 'tests/promises/9-*.test.ts']

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
      exclude: [
        'tests/journeys/**',
        'tests/system/**',
        'tests/simulation/**',
        'tests/engines/**',
        'tests/postgres/**',
        ...OF_PROCESSES,
        ...OF_BROWSERS,
      ],
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
      include: [
        'tests/system/**/*.test.ts',
        'tests/postgres/**/*.test.ts',
        'tests/simulation/**/*.test.ts',
        ...OF_PROCESSES,
      ],
      testTimeout: 300_000,
      hookTimeout: 60_000,
      // each has processes, ports and folders of its own
      maxWorkers: 2,
      globalSetup: [
        'tests/support/build-app.ts',
        'tests/support/find-nginx.ts',
        'tests/support/find-libreoffice.ts',
        'tests/support/find-postgres.ts',
      ],
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
  {
    test: {
      name: 'engines',
      expect: PATIENT,
      sequence: { groupOrder: 4 },
      include: ['tests/engines/**/*.test.ts'],
      testTimeout: 300_000,
      hookTimeout: 180_000,
      fileParallelism: false,
      globalSetup: ['tests/support/build-app.ts', 'tests/support/engines/find-engines.ts'],
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
          // the terminal programs: collector and CLI, and what opens boxes in threads beside them; libraries left to node_modules
          build: {
            ssr: true,
            target: 'node24',
            outDir: 'dist/node',
            rolldownOptions: {
              input: { ita: 'src/cli/main.ts', 'open-worker': 'src/cli/opening/open-worker.ts' },
              output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
            },
          },
        }
      : {
          plugins: [react(), prerenderFirstScreen(), otherPages(), intakeScript(), pwa, compressFiles('dist/app')],
          resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
          build: {
            target: BROWSERS,
            outDir: 'dist/app',
            modulePreload: { polyfill: false },
            assetsInlineLimit: 0,
            rolldownOptions: {
              output: { codeSplitting: { groups: [{ debugName: 'app', name: appChunk('src/app/main.tsx') }] } },
            },
          },
          server: { proxy: { '/v2': 'http://127.0.0.1:8080' } },
          test: {
            reporters: ['default', './tests/support/closing-line.ts'],
            projects: PROJECTS,
          },
        },
)
