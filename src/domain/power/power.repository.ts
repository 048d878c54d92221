import type { Transaction } from '../../database/transaction'

/** What stands between a power and its publication (INV-09, INV-10, INV-12), for many powers in one statement. */
export interface PowerReadiness {
  id: string
  code: string
  significance: string
  state: string
  effective_flows: number
  /** Steps of the effective flow are numbered 1, 2, 3 … and there is at least one. */
  steps_in_order: boolean
  active_risk_points: number
  uncontrolled_risk_points: number
}

export const readinessOf = (tx: Transaction, powerIds: readonly string[]): Promise<PowerReadiness[]> => tx.rows<PowerReadiness>(`
  SELECT p.id, p.code, p.significance, p.state,
    (SELECT count(*)::int FROM operating_flow f WHERE f.power_id = p.id AND f.state = 'EFFECTIVE') AS effective_flows,
    coalesce((SELECT count(*) > 0 AND max(s.seq) = count(*) FROM flow_step s JOIN operating_flow f ON f.id = s.flow_id WHERE f.power_id = p.id AND f.state = 'EFFECTIVE'), false) AS steps_in_order,
    (SELECT count(*)::int FROM risk_point r WHERE r.power_id = p.id AND r.state <> 'RETIRED') AS active_risk_points,
    (SELECT count(*)::int FROM risk_point r WHERE r.power_id = p.id AND r.state <> 'RETIRED' AND NOT EXISTS (
      SELECT FROM control_risk_point l JOIN control c ON c.id = l.control_id WHERE l.risk_point_id = r.id AND c.state <> 'RETIRED')) AS uncontrolled_risk_points
  FROM power p WHERE p.id = ANY($1::uuid[]) ORDER BY p.code`, [powerIds])

export const nextFlowVersion = async (tx: Transaction, powerId: string): Promise<number> =>
  (await tx.row<{ next: number }>('SELECT coalesce(max(version), 0) + 1 AS next FROM operating_flow WHERE power_id = $1', [powerId]))!.next

export const effectiveFlow = (tx: Transaction, powerId: string) =>
  tx.row(`SELECT * FROM operating_flow WHERE power_id = $1 AND state = 'EFFECTIVE' FOR UPDATE`, [powerId])

export const positionsOf = async (tx: Transaction, powerId: string): Promise<string[]> =>
  (await tx.rows<{ position_id: string }>('SELECT position_id FROM power_position WHERE power_id = $1', [powerId])).map(r => r.position_id)

export const hasSteps = async (tx: Transaction, flowId: string): Promise<boolean> =>
  (await tx.row<{ ok: boolean }>('SELECT count(*) > 0 AND max(seq) = count(*) AS ok FROM flow_step WHERE flow_id = $1', [flowId]))!.ok
