/* global React, ReactDOM, GraphiQL, graphqlWs */
'use strict'
;(() => {
  const { createElement: h, useCallback, useEffect, useMemo, useRef, useState } = React

  // GraphiQL adds a style element when a dialog opens; the page's policy wants its nonce on it.
  const { nonce } = document.getElementById('explorer').dataset
  const createElement = document.createElement.bind(document)
  document.createElement = (tag, options) => {
    const element = createElement(tag, options)
    if (String(tag).toLowerCase() === 'style') element.nonce = nonce
    return element
  }

  const TEXT = {
    zh: {
      title: '准绳', subtitle: '政务廉政监督 GraphQL 查询台', examples: '示例查询', 'front-end': '前端开发', sector: '行业部门', reporting: '报表工具', choose: '选择身份', nobody: '未登录',
      search: '按单位、岗位或角色查找', ownToken: '使用自己的登录凭证', paste: '粘贴凭证 (JWT)', use: '使用', signOut: '退出身份', sees: '可见范围', nothing: '无', roles: '角色', other: 'EN',
      otherTitle: 'Switch to English', hide: '收起示例', show: '展开示例', failed: '无法取得登录凭证', noMatch: '没有匹配的身份', prettify: '整理格式 (Shift-Ctrl-P)', merge: '合并片段 (Shift-Ctrl-M)', copy: '复制 (Shift-Ctrl-C)', hint: '点击示例，即以其下方所列身份运行。', noIdentities: '没有演示身份，请粘贴登录凭证。',
    },
    en: {
      title: 'Plumbline', subtitle: 'GraphQL explorer of integrity supervision', examples: 'Examples', 'front-end': 'Front-end teams', sector: 'Sector departments', reporting: 'Reporting tools',
      choose: 'Choose who you are', nobody: 'Not signed in', search: 'Find by unit, post or role', ownToken: 'Use a token of your own', paste: 'Paste a token (JWT)', use: 'Use', signOut: 'Sign out',
      sees: 'Sees', nothing: 'nothing', roles: 'Roles', other: '中文', otherTitle: '切换为中文', hide: 'Hide examples', show: 'Show examples', failed: 'No token could be got', noMatch: 'Nobody matches',
      prettify: 'Prettify (Shift-Ctrl-P)', merge: 'Merge fragments (Shift-Ctrl-M)', copy: 'Copy (Shift-Ctrl-C)', hint: 'Click an example: it runs as the person named below it.', noIdentities: 'There are no demo identities here: paste a token.',
    },
  }
  const AUDIENCES = ['front-end', 'sector', 'reporting']
  const VIEWER = '{ viewer { roles { role labelZh labelEn } scope { nameZh nameEn } } }'

  /** What the page remembers between visits: never a token. */
  const remembered = {
    get: key => { try { return window.localStorage.getItem(`plumbline:${key}`) } catch { return null } },
    set: (key, value) => { try { window.localStorage.setItem(`plumbline:${key}`, value) } catch { /* private windows */ } },
  }

  async function send(url, body, headers = {}) {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
    return response.json()
  }

  /** WebSockets under the token of the moment; those of another identity are closed. */
  function watcher(headers) {
    const url = `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`
    const create = () => graphqlWs.createClient({ url, connectionParams: () => ({ authorization: headers().authorization, acceptLanguage: headers()['accept-language'] }) })
    let client = create()
    return {
      /** Deliveries, and in the end what it was refused for, in the shape of an answer. */
      async *watch(params) {
        try {
          yield* client.iterate(params)
        } catch (problem) {
          yield { errors: Array.isArray(problem) ? problem : [{ message: `${problem.code ?? ''} ${problem.reason || problem.message || problem}`.trim() }] }
        }
      },
      leave() {
        void client.dispose()
        client = create()
      },
    }
  }
  const watches = (document, name) => Boolean(document?.definitions.some(d => d.kind === 'OperationDefinition' && d.operation === 'subscription' && (!name || d.name?.value === name)))

  const matches = (identity, text) => {
    const all = [identity.key, identity.labelZh, identity.labelEn, identity.placeZh, ...identity.roles.flatMap(r => [r.role, r.zh, r.en])].join(' ').toLowerCase()
    return text.toLowerCase().split(/\s+/).every(word => all.includes(word))
  }

  /** Who asks: the demo city's identities, or somebody's own token. */
  function Picker({ t, lang, setup, current, onPick, onToken, problem }) {
    const [open, setOpen] = useState(false)
    const [text, setText] = useState('')
    const [own, setOwn] = useState('')
    const [at, setAt] = useState(0)
    const box = useRef(null)
    const found = useMemo(() => setup.identities.filter(i => matches(i, text)), [setup, text])
    const groups = useMemo(() => [...new Set(found.map(i => i.placeZh))].map(place => [place, found.filter(i => i.placeZh === place)]), [found])
    const ordered = useMemo(() => groups.flatMap(([, list]) => list), [groups])
    const label = i => (lang === 'zh' ? i.labelZh : i.labelEn)
    useEffect(() => {
      const outside = event => { if (!box.current.contains(event.target)) setOpen(false) }
      document.addEventListener('pointerdown', outside)
      return () => document.removeEventListener('pointerdown', outside)
    }, [])
    useEffect(() => { if (open) box.current.querySelector('.option.active')?.scrollIntoView({ block: 'nearest' }) }, [open, at])
    const pick = identity => { setOpen(false); setText(''); onPick(identity) }
    const keys = event => {
      if (event.key === 'Escape') setOpen(false)
      if (event.key === 'ArrowDown') setAt(Math.min(at + 1, ordered.length - 1))
      if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
      if (event.key === 'Enter' && ordered[at]) pick(ordered[at])
      if (['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) event.preventDefault()
    }
    return h('div', { className: 'picker', ref: box },
      h('button', { type: 'button', className: `who${current ? ' known' : ''}`, 'aria-haspopup': 'listbox', 'aria-expanded': open, onClick: () => setOpen(!open) },
        h('span', { className: 'dot', 'aria-hidden': true }),
        h('span', { className: 'name' }, current ? (current.key ? label(current) : t.ownToken) : t.choose),
        h('span', { className: 'caret', 'aria-hidden': true }, '▾')),
      open && h('div', { className: 'panel', role: 'dialog', 'aria-label': t.choose },
        setup.identities.length > 0 && h('input', {
          className: 'search', type: 'search', autoFocus: true, placeholder: t.search, 'aria-label': t.search, value: text, onKeyDown: keys,
          onChange: event => { setText(event.target.value); setAt(0) },
        }),
        setup.identities.length === 0 ? h('p', { className: 'empty' }, t.noIdentities)
          : h('div', { className: 'options', role: 'listbox', 'aria-label': t.choose },
            groups.map(([place, list]) => h('div', { key: place, role: 'group', 'aria-label': place },
              h('div', { className: 'place' }, place),
              list.map(i => h('button', {
                key: i.key, type: 'button', role: 'option', 'aria-selected': current?.key === i.key, 'data-key': i.key,
                className: `option${ordered[at] === i ? ' active' : ''}${current?.key === i.key ? ' chosen' : ''}`, onClick: () => pick(i),
              }, h('span', null, label(i)), h('small', null, i.roles.map(r => r[lang]).join(' · ')))))),
            found.length === 0 && h('p', { className: 'empty' }, t.noMatch)),
        h('form', { className: 'own', onSubmit: event => { event.preventDefault(); if (own.trim()) { setOpen(false); onToken(own.trim()); setOwn('') } } },
          h('label', null, t.ownToken, h('input', { type: 'password', autoComplete: 'off', placeholder: t.paste, value: own, onChange: event => setOwn(event.target.value) })),
          h('button', { type: 'submit' }, t.use)),
        current && h('button', { type: 'button', className: 'sign-out', onClick: () => { setOpen(false); onPick(null) } }, t.signOut)),
      problem && h('span', { className: 'problem', role: 'alert' }, problem))
  }

  /** What the chosen identity may see, as the API itself says. */
  function Sight({ t, lang, viewer }) {
    if (!viewer) return null
    const units = viewer.scope.map(u => (lang === 'en' && u.nameEn) || u.nameZh)
    return h('div', { className: 'sight' },
      h('span', { className: 'chips', title: t.roles }, viewer.roles.map(r => h('span', { key: r.role, className: 'chip role' }, lang === 'zh' ? r.labelZh : r.labelEn))),
      h('span', { className: 'label' }, t.sees),
      h('span', { className: 'chips', title: units.join('\n') },
        units.length === 0 && h('span', { className: 'chip' }, t.nothing), units.slice(0, 2).map(name => h('span', { key: name, className: 'chip' }, name)), units.length > 2 && h('span', { className: 'chip' }, `+${units.length - 2}`)))
  }

  function Examples({ t, lang, setup, chosen, onChoose }) {
    const names = new Map(setup.identities.map(i => [i.key, i]))
    return h('nav', { className: 'examples', 'aria-label': t.examples }, h('p', { className: 'hint' }, t.hint), AUDIENCES.map(audience => h('section', { key: audience },
      h('h2', null, t[audience]),
      h('ul', null, setup.examples.filter(e => e.audience === audience).map(e => h('li', { key: e.key },
        h('button', { type: 'button', 'data-example': e.key, className: chosen === e.key ? 'chosen' : '', onClick: () => onChoose(e) },
          h('strong', null, e.title[lang]), h('span', null, e.about[lang]),
          names.has(e.identity) && h('em', null, lang === 'zh' ? names.get(e.identity).labelZh : names.get(e.identity).labelEn))))))))
  }

  /** GraphiQL's own buttons, and a hold on its editors: this lives inside its contexts. */
  function Tools({ hold, t }) {
    const G = GraphiQL.React
    hold.current = { editors: G.useEditorContext({ nonNull: true }), execution: G.useExecutionContext({ nonNull: true }) }
    const button = (label, icon, onClick) => h(G.ToolbarButton, { label, onClick }, h(icon, { className: 'graphiql-toolbar-icon', 'aria-hidden': true }))
    return h(React.Fragment, null, button(t.prettify, G.PrettifyIcon, G.usePrettifyEditors()), button(t.merge, G.MergeIcon, G.useMergeQuery()), button(t.copy, G.CopyIcon, G.useCopyQuery()))
  }

  /** There the examples lie over everything else, as long as one is chosen. */
  const isPhone = () => matchMedia('(max-width: 560px)').matches

  function Explorer({ setup }) {
    const [lang, setLang] = useState(remembered.get('lang') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en'))
    const [current, setCurrent] = useState(null)
    const [viewer, setViewer] = useState(null)
    const [problem, setProblem] = useState('')
    const [chosen, setChosen] = useState('')
    const [shown, setShown] = useState(!isPhone() && remembered.get('examples') !== 'hidden')
    const request = useRef({ token: '', lang })
    const hold = useRef(null)
    const t = TEXT[lang]
    request.current.lang = lang
    useEffect(() => {
      document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en'
      document.title = lang === 'zh' ? '准绳 Plumbline · 查询台' : 'Plumbline 准绳 · Explorer'
      remembered.set('lang', lang)
    }, [lang])

    const headers = useCallback(() => ({
      'accept-language': request.current.lang === 'zh' ? 'zh-CN' : 'en', ...(request.current.token && { authorization: `Bearer ${request.current.token}` }),
    }), [])
    const live = useMemo(() => watcher(headers), [headers])
    const fetcher = useCallback((params, options) => (watches(options?.documentAST, params.operationName) ? live.watch(params) : send('/graphql', params, { ...headers(), ...options?.headers })), [headers, live])

    const take = useCallback(async (who, token) => {
      request.current.token = token
      live.leave()
      setProblem('')
      setCurrent(who)
      remembered.set('identity', who?.key ?? '')
      const answer = token ? await send('/graphql', { query: VIEWER }, headers()) : null
      setViewer(answer?.data?.viewer ?? null)
      if (answer?.errors) setProblem(answer.errors[0].message)
    }, [headers, live])
    const pick = useCallback(async identity => {
      if (!identity) return take(null, '')
      const answer = await send('/explorer/token', { identity: identity.key }, { 'accept-language': request.current.lang === 'zh' ? 'zh-CN' : 'en' }).catch(() => null)
      return answer?.token ? take(identity, answer.token) : setProblem(TEXT[request.current.lang].failed)
    }, [take])
    useEffect(() => {
      const last = setup.identities.find(i => i.key === remembered.get('identity'))
      if (last) void pick(last)
    }, [pick, setup])

    const choose = async example => {
      if (isPhone()) setShown(false)
      setChosen(example.key)
      const wanted = setup.identities.find(i => i.key === example.identity)
      if (wanted && current?.key !== wanted.key) await pick(wanted)
      const { editors, execution } = hold.current
      editors.queryEditor.setValue(example.query)
      editors.variableEditor.setValue(JSON.stringify(example.variables, null, 2))
      // Known only a moment after typing; an example holds one operation.
      editors.queryEditor.operationName = undefined
      if (execution.isFetching) execution.stop()
      execution.run()
    }
    const toggle = () => {
      setShown(!shown)
      if (!isPhone()) remembered.set('examples', shown ? 'hidden' : 'shown')
    }

    return h('div', { className: `page${shown ? '' : ' narrow'}` },
      h('header', null,
        h('button', { type: 'button', className: 'toggle', title: shown ? t.hide : t.show, 'aria-label': shown ? t.hide : t.show, 'aria-pressed': shown, onClick: toggle }, '☰'),
        h('img', { src: '/explorer/icon.svg', alt: '', width: 30, height: 30 }),
        h('div', { className: 'brand' }, h('h1', null, lang === 'zh' ? '准绳' : 'Plumbline', h('small', null, lang === 'zh' ? 'Plumbline' : '准绳')), h('p', null, t.subtitle)),
        h(Sight, { t, lang, viewer }),
        h(Picker, { t, lang, setup, current, problem, onPick: pick, onToken: token => take({ key: '' }, token) }),
        h('button', { type: 'button', className: 'language', title: t.otherTitle, onClick: () => setLang(lang === 'zh' ? 'en' : 'zh') }, t.other)),
      shown && h(Examples, { t, lang, setup, chosen, onChoose: choose }),
      h('main', null, h(GraphiQL, {
        fetcher, defaultQuery: setup.examples[0]?.query ?? '{ __typename }', variables: JSON.stringify(setup.examples[0]?.variables ?? {}, null, 2), shouldPersistHeaders: false,
        defaultEditorToolsVisibility: 'variables', storage: GraphiQL.createLocalStorage({ namespace: 'plumbline-explorer' }),
      },
      h(GraphiQL.Toolbar, null, h(Tools, { hold, t })))))
  }

  fetch('/explorer/setup.json').then(response => response.json()).then(setup => {
    ReactDOM.createRoot(document.getElementById('explorer')).render(h(Explorer, { setup }))
  }).catch(() => { document.querySelector('.loading').textContent = '准绳 Plumbline: /explorer/setup.json ?' })
})()
