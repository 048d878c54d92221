import { definePluginCode, REGISTER_READERS } from 'plumbline/sdk/data'
import { ContractEntity } from './contracts/contract.entity'
import { contractEvents } from './contracts/contract.events'
import { contractEdges, contractReads } from './contracts/contract.reads'
import { ContractResolver } from './contracts/contract.resolver'
import { CONTRACT_ROLES, ContractService } from './contracts/contract.service'
import { contractSheet } from './contracts/contract.sheet'
import { HealthProcurementContract, HealthProcurementImportPayload, HealthProcurementLegalCheck } from './contracts/contract.types'
import { contractMigration } from './migrations/20261122000001-contract'
import { variables } from './variables'

/** An empty file with the headers; the byte order mark lets spreadsheet programs read it as UTF-8. */
const template = (): Buffer => Buffer.from('\ufeff' + Object.values(contractSheet).map(c => (c.required ? `${c.headers[0]}*` : c.headers[0])).join(',') + '\r\n')

export const code = definePluginCode({
  entities: [ContractEntity],
  types: [HealthProcurementContract, HealthProcurementLegalCheck, HealthProcurementImportPayload],
  resolvers: [ContractResolver],
  create: data => [new ContractResolver(new ContractService(data), data)],
  reads: [contractReads],
  edges: contractEdges,
  events: Object.values(contractEvents),
  permissions: { Mutation: { importHealthProcurementContracts: CONTRACT_ROLES, recheckHealthProcurementContracts: CONTRACT_ROLES } },
  migrations: [contractMigration],
  variables,
  imports: data => {
    const contracts = new ContractService(data)
    return [{ name: 'contracts', title: { zh: '采购合同', en: 'Procurement contracts' }, roles: CONTRACT_ROLES, run: (origin, input) => contracts.import(origin, input) }]
  },
  routes: [{ path: 'contracts-template.csv', permission: REGISTER_READERS, contentType: 'text/csv; charset=utf-8', content: async () => template() }],
})
