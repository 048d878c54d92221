import type { Permission } from '../core/permission'
import type { Machine } from '../core/states'

/** Who may call a machine's commands: the roles of its table. One source for the shield, the service and `allowedCommands`. */
export const commandPermissions = (machine: Machine): Record<string, Permission> =>
  Object.fromEntries(Object.entries(machine.commands).map(([command, t]) => [command, t.roles]))
