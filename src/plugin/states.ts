import { defineMachine } from '../core/states'

const ADMIN = ['PLATFORM_ADMIN'] as const

/**
 * SM-17. The host gives these commands from what it finds at start; none is a mutation. What is gone or fails keeps its data: only
 * `purge` removes any, and that is a separate, approved operation.
 */
export const pluginMachine = defineMachine({
  name: 'Plugin',
  initial: 'DISCOVERED',
  states: {
    DISCOVERED: 'Found for the first time (已发现)',
    ENABLED: 'Runs (已启用)',
    DISABLED: 'Switched off by configuration; its data is kept (已停用)',
    QUARANTINED: 'Failed in some phase of its start; the reason stands beside it, the core and the other plugins run (已隔离)',
    DETACHED: 'Its code is gone; its data is kept (已脱离)',
    PURGED: 'Its data was removed after approval and archiving (已清除)',
  },
  commands: {
    enable: { from: ['DISCOVERED', 'DISABLED', 'QUARANTINED', 'DETACHED'], to: 'ENABLED', roles: ADMIN, description: 'It is configured to run, and every phase of its start succeeded (启用).' },
    disable: { from: ['DISCOVERED', 'ENABLED', 'QUARANTINED', 'DETACHED'], to: 'DISABLED', roles: ADMIN, description: 'The configuration no longer names it (停用).' },
    quarantine: { from: ['DISCOVERED', 'ENABLED', 'DISABLED', 'DETACHED', 'QUARANTINED'], to: 'QUARANTINED', roles: ADMIN, description: 'A phase of its start failed (隔离).' },
    detach: { from: ['DISCOVERED', 'ENABLED', 'DISABLED', 'QUARANTINED'], to: 'DETACHED', roles: ADMIN, description: 'Its code was not found (脱离).' },
    purge: { from: ['DISABLED', 'DETACHED'], to: 'PURGED', roles: ADMIN, guards: ['approved by somebody else', 'archived first'], description: 'Removes its data for good (清除).' },
  },
})
export type PluginState = keyof typeof pluginMachine.states
export type PluginCommand = keyof typeof pluginMachine.commands
