/// <reference lib="dom" />
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type Browser, type Page, type WebSocket } from 'playwright-core'
import { testServer, type TestServer } from '../support/server'

const SCREENSHOTS = path.join(tmpdir(), 'plumbline-screenshots')
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

describe('the explorer in a real browser', () => {
  let app: TestServer
  let browser: Browser
  let page: Page
  /** What must stay empty: refusals of the page's own policy, errors of scripts, requests to elsewhere. */
  const broken: string[] = []

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true })
    app = await testServer({ demo: true, plugins: 'all' })
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(async () => {
    await browser?.close()
    await app?.close()
  })

  beforeEach(async () => {
    broken.splice(0)
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    page = await context.newPage()
    page.on('console', m => { if (m.type() === 'error' || /Content Security Policy/.test(m.text())) broken.push(m.text()) })
    page.on('pageerror', e => broken.push(String(e)))
    page.on('request', r => { if (!r.url().startsWith(app.url) && !r.url().startsWith('data:')) broken.push(`request to ${r.url()}`) })
    await page.goto(app.url)
    await page.waitForSelector('.graphiql-container .CodeMirror')
  })
  afterEach(async () => {
    await page.context().close()
    expect(broken).toEqual([])
  })

  const shot = (name: string) => page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) })
  const result = async (): Promise<{ data?: Record<string, unknown>; errors?: { message: string }[] }> => {
    const text = await page.waitForFunction(() => {
      const editor = document.querySelector('.result-window .CodeMirror') as unknown as { CodeMirror: { getValue(): string } } | null
      const value = editor?.CodeMirror.getValue() ?? ''
      return value && !document.querySelector('.graphiql-spinner') ? value : null
    })
    return JSON.parse(await text.jsonValue() as string)
  }
  const become = async (text: string, key: string) => {
    await page.click('.who')
    await page.fill('.panel .search', text)
    await page.click(`.option[data-key="${key}"]`)
    await page.waitForSelector('.who.known')
  }

  test('opens in Chinese with examples for each kind of user, under a policy without inline scripts', async () => {
    const response = await page.request.get(app.url)
    const policy = response.headers()['content-security-policy']!
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
    expect(await page.locator('.examples h2').allTextContents()).toEqual(['前端开发', '行业部门', '报表工具'])
    for (const section of await page.locator('.examples section').all()) expect(await section.locator('li').count()).toBeGreaterThanOrEqual(3)
    await shot('1-start')
  })

  test('an identity is found by place and role; what it sees is shown', async () => {
    await page.click('.who')
    expect(await page.locator('.option').count()).toBeGreaterThan(40)
    await page.fill('.panel .search', '旺苍 UNIT_EDITOR')
    await shot('2-picker')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.click('.option[data-key="wangcang-health-editor"]')
    await page.waitForSelector('.chip.role')
    expect(await page.locator('.chip.role').allTextContents()).toEqual(['单位填报人'])
    expect(await page.locator('.sight').textContent()).toContain('旺苍县卫生健康局')
  })

  test('every example answers for the identity that it names', async () => {
    const keys = await page.locator('.examples button').evaluateAll(all => all.map(b => (b as HTMLElement).dataset['example']!))
    expect(keys.length).toBeGreaterThanOrEqual(12)
    for (const key of keys) {
      const answered = page.waitForResponse(r => r.url().endsWith('/graphql') && !/viewer \{ roles \{ role labelZh/.test(r.request().postData() ?? '') && !/IntrospectionQuery/.test(r.request().postData() ?? ''))
      await page.click(`[data-example="${key}"]`)
      const body = await (await answered).json() as { data?: Record<string, unknown>; errors?: unknown }
      expect([key, body.errors]).toEqual([key, undefined])
      expect(Object.values(body.data!).every(v => v !== null)).toBe(true)
    }
    await page.click('[data-example="sector/01-bureau-year"]')
    await result()
    await page.waitForTimeout(500)
    await shot('3-bureau-year')
    await page.click('[data-example="front-end/02-unit-page"]')
    await page.waitForTimeout(800)
    await shot('4-unit-page')
  })

  test('speaks English, hides the examples, opens documentation and settings', async () => {
    await page.click('.language')
    expect(await page.locator('.examples h2').allTextContents()).toEqual(['Front-end teams', 'Sector departments', 'Reporting tools'])
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await become('city reporting', 'city-reporting-client')
    await page.click('[data-example="reporting/01-organisation-extract"]')
    await result()
    await page.click('button[aria-label="Show Documentation Explorer"]')
    await page.waitForSelector('.graphiql-doc-explorer')
    await page.click('.toggle')
    expect(await page.locator('.examples').count()).toBe(0)
    await shot('5-english-docs')
    await page.click('button[aria-label="Open settings dialog"]')
    await page.waitForSelector('.graphiql-dialog')
    await shot('6-settings')
  })

  test('a reporting client is told that registers are not for it; a bad token is told too; signing out forgets', async () => {
    await become('报表', 'city-reporting-client')
    await page.evaluate(() => (document.querySelector('.query-editor .CodeMirror, .graphiql-query-editor .CodeMirror') as unknown as { CodeMirror: { setValue(v: string): void } }).CodeMirror.setValue('{ riskPoints { totalCount } }'))
    await page.waitForTimeout(300)
    await page.click('.graphiql-execute-button')
    expect((await result()).errors![0]!.message).toContain('需要具备以下角色之一')
    await page.click('.who')
    await page.fill('.own input', 'not.a.token')
    await page.click('.own button')
    await page.waitForSelector('.problem')
    expect(await page.locator('.problem').textContent()).toBe('登录凭证无效。')
    await page.click('.who')
    await page.click('.sign-out')
    expect(await page.locator('.who.known').count()).toBe(0)
    expect(await page.evaluate(() => JSON.stringify(window.localStorage))).not.toMatch(/eyJ/)
    // The refused token answered 401, which browsers report.
    broken.splice(0, broken.length, ...broken.filter(m => !m.includes('401')))
  })

  test('a subscription shows what changes, as the chosen identity sees it; another identity ends it', async () => {
    await become('旺苍 UNIT_EDITOR', 'wangcang-health-editor')
    const { unitByCode: unit } = await app.data<{ unitByCode: { id: string; rowVersion: number } }>('{ unitByCode(code: "510821-HEALTH") { id rowVersion } }', {}, 'platform-admin')
    await page.evaluate(query => (document.querySelector('.graphiql-query-editor .CodeMirror') as unknown as { CodeMirror: { setValue(v: string): void } }).CodeMirror.setValue(query),
      `subscription { nodeChanged(ids: ["${unit.id}"]) { id node { ... on Unit { nameZh nameEn } } } }`)
    await page.waitForTimeout(300)
    const begun = new Promise<WebSocket>(resolve => page.once('websocket', socket => socket.on('framesent', f => { if (String(f.payload).includes('nodeChanged')) resolve(socket) })))
    await page.click('.graphiql-execute-button')
    const socket = await begun
    const edit = 'mutation($input: EditUnitInput!) { editUnit(input: $input) { unit { rowVersion } } }'
    const delivered = socket.waitForEvent('framereceived', f => String(f.payload).includes('"next"'))
    let rowVersion = unit.rowVersion
    let come = false
    void delivered.then(() => { come = true })
    // A subscription has no word for having begun: the change is made until it is told.
    for (let i = 0; !come && i < 50; i++) {
      const { editUnit } = await app.data<{ editUnit: { unit: { rowVersion: number } } }>(edit, { input: { id: unit.id, rowVersion, nameEn: `Health bureau ${i}` } }, 'platform-admin')
      rowVersion = editUnit.unit.rowVersion
      await Promise.race([delivered, page.waitForTimeout(200)])
    }
    await delivered
    await page.waitForFunction(() => /Health bureau \d/.test((document.querySelector('.result-window .CodeMirror') as unknown as { CodeMirror: { getValue(): string } }).CodeMirror.getValue()))
    await shot('8-subscription')
    const closed = socket.waitForEvent('close')
    await become('报表', 'city-reporting-client')
    await closed
  })

  test('is usable on a small screen', async () => {
    await page.setViewportSize({ width: 740, height: 900 })
    await page.click('.who')
    await shot('7-small')
    expect(await page.locator('.panel').isVisible()).toBe(true)
  })

  test('on a phone everything is within reach: identities, language, examples over the page, question and answer one above the other', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await page.waitForSelector('.graphiql-container .CodeMirror')
    expect(await page.locator('.examples').count()).toBe(0)
    await page.click('.toggle')
    await page.click('[data-example]')
    await page.locator('.examples').waitFor({ state: 'detached' })
    expect((await result()).data).toBeDefined()
    await shot('9-phone')
    for (const selector of ['.toggle', '.who', '.language', '.graphiql-execute-button', '.graphiql-query-editor', '.result-window']) {
      const box = (await page.locator(selector).first().boundingBox())!
      expect([selector, box.x >= 0, box.x + box.width <= 390, box.width > 20]).toEqual([selector, true, true, true])
    }
  })
})
