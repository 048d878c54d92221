import { confined, holds, systemActor, type Actor } from '../../../src/core/actor'

const actor: Actor = {
  ref: 'person:1', personId: '1', wide: ['/A/'], scope: ['/A/', '/B/'], realms: { CLUES: ['/A/'] },
  roles: [{ role: 'PLATFORM_ADMIN', path: '/A/' }, { role: 'UNIT_EDITOR', path: '/A/B/C/' }, { role: 'SUPERVISOR', path: '/B/' }],
}

test('what is held above the unit is held on the unit, what is held below stays, everything else is gone', () => {
  const there = confined(actor, '/A/B/')
  expect(there).toEqual({ ref: 'person:1', personId: '1', wide: [], scope: ['/A/B/'], roles: [{ role: 'PLATFORM_ADMIN', path: '/A/B/' }, { role: 'UNIT_EDITOR', path: '/A/B/C/' }] })
  expect(holds(there, ['PLATFORM_ADMIN'], '/A/B/C/')).toBe(true)
  expect(holds(there, ['PLATFORM_ADMIN'], '/A/')).toBe(false)
})

test('a path that begins with the same letters is another unit; nobody gains anything', () => {
  expect(confined(actor, '/AB/').roles).toEqual([])
  expect(confined({ ...actor, scope: ['/A/B/C/'] }, '/A/').scope).toEqual(['/A/B/C/'])
  expect(confined(systemActor('x'), '/A/').scope).toEqual(['/A/'])
})
