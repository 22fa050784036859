import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { isCommonPassword } from '#collector/office/common-password'
import { Browser, testOffice } from '#tests/support/test-office.ts'

const MINUTE_MS = 60_000

describe('the survey team’s room', () => {
  it('signs nobody in with a wrong password, a wrong code, a used code or an unknown name, and makes guessing slow', async () => {
    const office = await testOffice()
    await office.joined('admin', 'ผู้ดูแล')
    const stranger = new Browser(office.app)
    const wrong = { password: 'ไม่ใช่รหัสนี้แน่นอน' }
    for (const [name, more] of [
      ['ผู้ดูแล', wrong],
      ['ผู้ดูแล', { code: '000000' }],
      ['ใครก็ไม่รู้', { code: '123456' }],
    ] as const) {
      const reply = await office.signIn(stranger, name, more)
      expect([reply.statusCode, reply.json().error, stranger.cookie]).toEqual([401, 'wrong-credentials', undefined])
    }
    const used = office.code('ผู้ดูแล')
    expect((await office.signIn(new Browser(office.app), 'ผู้ดูแล', { code: used })).statusCode).toBe(200)
    expect((await office.signIn(stranger, 'ผู้ดูแล', { code: used })).statusCode).toBe(401)

    const statuses: number[] = []
    for (let tries = 0; tries < 12; tries += 1) {
      statuses.push((await office.signIn(stranger, 'ผู้ดูแล', wrong)).statusCode)
      office.wait(2000)
    }
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(3)
    // told how long, and let in again afterwards
    const waiting = await office.signIn(stranger, 'ผู้ดูแล', wrong)
    expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0)
    office.wait(20 * MINUTE_MS)
    expect((await office.signIn(stranger, 'ผู้ดูแล')).statusCode).toBe(200)
  })

  it('lets in by an invitation once, and not after a day', async () => {
    const office = await testOffice()
    const { accounts } = office.stores.office
    const [once, late] = [await accounts.invite('viewer', Date.now() + 1e6), await accounts.invite('viewer', 1)]
    const browser = new Browser(office.app)
    expect((await browser.post('/join/options', { token: late, name: 'ก' })).statusCode).toBe(403)
    const { challenge, totp } = (await browser.post('/join/options', { token: once, name: 'ก' })).json()
    const code = new TOTP({ secret: totp }).generate()
    const body = { token: once, challenge, password: office.password, code }
    // a mistyped code is typed again
    expect((await browser.post('/join/password', { ...body, code: '000000' })).statusCode).toBe(401)
    expect((await browser.post('/join/password', body)).statusCode).toBe(200)
    const other = new Browser(office.app)
    expect((await other.post('/join/options', { token: once, name: 'ข' })).statusCode).toBe(403)
    expect((await other.post('/join/password', body)).json().error).toBe('join-over')
  })

  it('takes an account’s open invitations away with it, and withdraws all of them when asked', async () => {
    const office = await testOffice()
    const [one, two] = [await office.joined('admin', 'หนึ่ง'), await office.joined('admin', 'สอง')]
    const { link } = (await two.post('/invitations', { role: 'admin' })).json()
    const { accounts } = (await one.ask('/accounts')).json()
    const id = accounts.find(({ name }: { name: string }) => name === 'สอง').id
    await one.post(`/accounts/${id}/remove`)
    const back = { token: String(link).split('#join.')[1], name: 'สอง' }
    expect((await new Browser(office.app).post('/join/options', back)).json().error).toBe('invitation-unknown')
    const again = (await one.post('/invitations', { role: 'viewer' })).json()
    expect((await one.ask('/accounts')).json().invitations).toHaveLength(1)
    await one.post('/invitations/withdraw')
    const late = { token: String(again.link).split('#join.')[1], name: 'สาม' }
    expect((await new Browser(office.app).post('/join/options', late)).statusCode).toBe(403)
  })

  it('takes no password that is guessed early: a name, a row of keys, a common word, few letters repeated', () => {
    for (const common of [
      'password1234',
      'qwertyuiop12',
      '123456789012',
      'abababababab',
      'สมชายสมชาย123',
      'Admin@123456',
    ])
      expect([common, isCommonPassword(common, 'สมชาย')]).toEqual([common, true])
    for (const good of ['สี่คำยาวพอสมควร', 'correct horse battery', 'ม้าดีแบตเตอรี่หมด'])
      expect([good, isCommonPassword(good, 'สมชาย')]).toEqual([good, false])
  })

  it('lets nobody take a name of the log’s own, and says so before a passkey is made', async () => {
    const office = await testOffice()
    await office.joined('admin', 'ผู้ดูแล')
    for (const name of ['room', 'collector', 'ผู้ดูแล']) {
      const token = await office.stores.office.accounts.invite('viewer', Date.now() + 1e9)
      expect((await new Browser(office.app).post('/join/options', { token, name })).json().error).toBe('name-taken')
    }
  })

  it('keeps nobody out who types right, whatever a stranger elsewhere tries with the name', async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    const stranger = new Browser(office.app, '203.0.113.9')
    const wrong = { password: 'ไม่ใช่รหัสนี้แน่นอน' }
    for (let tries = 0; tries < 9; tries += 1) await office.signIn(stranger, 'ผู้ดูแล', wrong)
    expect((await office.signIn(stranger, 'ผู้ดูแล')).statusCode).toBe(429)
    const proof = { name: 'ผู้ดูแล', password: office.password, code: office.code('ผู้ดูแล') }
    expect((await admin.post('/prove/password', proof)).statusCode).toBe(200)
    office.wait(31_000)
    expect((await office.signIn(new Browser(office.app), 'ผู้ดูแล')).statusCode).toBe(200)
  })

  it('ends a session after a quarter of an hour, at signing out, and when the account goes', async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    const viewer = await office.joined('viewer', 'ผู้ชม')
    expect(String((await admin.ask('/session')).json().role)).toBe('admin')
    office.wait(14 * MINUTE_MS)
    expect((await admin.ask('/session')).statusCode).toBe(200)
    office.wait(14 * MINUTE_MS)
    expect((await admin.ask('/session')).statusCode).toBe(200)
    expect((await viewer.ask('/session')).statusCode).toBe(401)
    await office.signIn(viewer, 'ผู้ชม')
    const old = viewer.cookie
    await office.signIn(admin, 'ผู้ดูแล')
    const { accounts } = (await admin.ask('/accounts')).json()
    const id = accounts.find(({ name }: { name: string }) => name === 'ผู้ชม').id
    expect((await admin.post(`/accounts/${id}/remove`)).statusCode).toBe(200)
    expect((await viewer.ask('/session')).statusCode).toBe(401)
    const own = accounts.find(({ name }: { name: string }) => name === 'ผู้ดูแล').id
    expect((await admin.post(`/accounts/${own}/remove`)).json().error).toBe('last-admin')
    const cookie = admin.cookie
    await admin.post('/sign-out')
    const copied = new Browser(office.app)
    copied.cookie = cookie
    expect((await copied.ask('/session')).statusCode).toBe(401)
    copied.cookie = old
    expect((await copied.ask('/session')).statusCode).toBe(401)
  })

  it('asks for a new proof after five minutes before anything that cannot be taken back', async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    office.wait(6 * MINUTE_MS)
    const early = await admin.post('/invitations', { role: 'viewer' })
    expect([early.statusCode, early.json().error]).toEqual([403, 'prove-again'])
    const proof = { name: 'ผู้ดูแล', password: office.password, code: office.code('ผู้ดูแล') }
    expect((await admin.post('/prove/password', proof)).statusCode).toBe(200)
    expect((await admin.post('/invitations', { role: 'viewer' })).statusCode).toBe(200)
    // somebody else's password proves nothing here
    await office.joined('viewer', 'ผู้ชม')
    office.wait(6 * MINUTE_MS)
    const others = { name: 'ผู้ชม', password: office.password, code: office.code('ผู้ชม') }
    expect((await admin.post('/prove/password', others)).statusCode).toBe(401)
    expect((await admin.post('/invitations', { role: 'viewer' })).statusCode).toBe(403)
  })

  it('sets a cookie that only this host gets, over TLS only, and that no script reads', async () => {
    const office = await testOffice()
    await office.joined('admin', 'ผู้ดูแล')
    const reply = await new Browser(office.app).ask('/sign-in/password', {
      method: 'POST',
      origin: 'http://ita.example.go.th',
      headers: { host: 'ita.example.go.th' },
      body: { name: 'ผู้ดูแล', password: office.password, code: office.code('ผู้ดูแล') },
    })
    const cookie = String(reply.headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-prongsai=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect(reply.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    })
  })

  it('gives a machine that is tried out on itself, without TLS, a cookie that every browser keeps there', async () => {
    const office = await testOffice()
    await office.joined('admin', 'ผู้ดูแล')
    const browser = new Browser(office.app)
    const reply = await office.signIn(browser, 'ผู้ดูแล')
    expect(String(reply.headers['set-cookie'])).toMatch(/^prongsai=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await browser.ask('/rounds')).statusCode).toBe(200)
  })

  it('keeps passwords as argon2id, invitations and sessions as hashes, and nothing of them in the log of acts', async () => {
    const office = await testOffice()
    const admin = await office.joined('admin', 'ผู้ดูแล')
    const stored = await office.stores.office.accounts.password('ผู้ดูแล')
    expect(stored?.hash).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/)
    const { link } = (await admin.post('/invitations', { role: 'viewer' })).json()
    const acts = JSON.stringify(await office.stores.acts.all())
    const secret = String(link).split('#join.')[1] ?? '?'
    for (const part of [secret, office.password, stored?.hash ?? '?', stored?.totp ?? '?', admin.cookie?.split('=')[1]])
      expect(acts).not.toContain(part)
    expect(acts).toContain('account-joined')
  })
})
