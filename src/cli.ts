#!/usr/bin/env node
import 'reflect-metadata'
import { Command } from 'commander'
import { CORE_VERSION } from './foundation'
import { checkpointCommand, exportCommand, sealCommand, verifyCommand } from './cli/audit'
import { backupCommand, restoreCommand } from './cli/backup'
import { grant, revoke } from './cli/grants'
import { importFile, IMPORTS } from './cli/import'
import { migrateCommand } from './cli/migrate'
import { listOperations, publishOperations, retireOperations } from './cli/operations'
import { checkPluginCommand, newPlugin } from './cli/plugin-author'
import { listPlugins } from './cli/plugins'
import { printSchemas } from './cli/schema'
import { issueServiceAccount, listServiceAccounts, revokeServiceAccount, rotateServiceAccountKey } from './cli/service-accounts'
import { sentence, start } from './cli/start'
import { EXPORT_FORMATS } from './domain/audit'
import { listIdentities, listSettings, token } from './cli/tokens'
import { runRetention, setRetention, showRetention } from './cli/retention'
import { rotateVault, sealEvidence, vaultStatus } from './cli/vault'

const program = new Command('plumbline').description('Plumbline (准绳): a GraphQL platform with plugins for integrity supervision.').version(CORE_VERSION).showHelpAfterError()

program.command('start', { isDefault: true }).description('run the product until it is told to stop').action(start)
program.command('migrate').description('bring the database to this version; done at every start too')
  .option('--check', 'only say what is pending; ends with 1 when something is')
  .option('--revert', 'take the newest migration back')
  .action(migrateCommand)
program.command('backup').description('copy the embedded data directory, evidence files and keys; Plumbline must be stopped').argument('<folder>').action(backupCommand)
program.command('restore').description('put such a backup back where no data are yet, checking every file').argument('<folder>').action(restoreCommand)
program.command('import').description('import rows from a CSV or XLSX file; nothing is written unless every row is valid')
  .argument('<what>', `${Object.keys(IMPORTS).join(', ')}, or <plugin>.<import>`).argument('<file>')
  .option('--unit <code>', 'unit that the rows belong to (imports of plugins)')
  .action(importFile)
program.command('token').description('a token for a demo identity or a staff number; not in production')
  .argument('<identity>').option('--hours <n>', 'how long it is valid', '12').action(token)
program.command('identities').description('whom one can be in the demo city').action(listIdentities)
program.command('grant').description('give a person a role over a unit and what lies below it')
  .argument('<staffNo>').argument('<role>').argument('<unitCode>')
  .option('--edge <edge>', 'TERRITORIAL, LINE, DISPATCHED, OUTPOST or LIAISON', 'TERRITORIAL').option('--from <date>', 'first day').option('--to <date>', 'first day on which it no longer holds')
  .action(grant)
program.command('revoke').description('take a role away again').argument('<staffNo>').argument('<role>').argument('<unitCode>')
  .option('--edge <edge>', 'the edge that it was given along', 'TERRITORIAL').action(revoke)
const audit = program.command('audit').description('the audit log: seal, verify, sign, export')
audit.command('seal').description('seal what was written since the last seal; a running product does so every few seconds').action(sealCommand)
audit.command('verify').description('prove that the log is as it was sealed; ends with 1 when it is not')
  .option('--checkpoint <file>', 'a signed checkpoint, kept elsewhere: proves too that nothing was cut off').option('--public-key <file>', 'key that the checkpoint is verified with; the public part of the configured one when absent')
  .action(verifyCommand)
audit.command('checkpoint').description('sign the newest seal, to be kept elsewhere').requiredOption('--out <file>', 'where to write it').option('--public-key-out <file>', 'where to write the key that it is verified with')
  .action(checkpointCommand)
audit.command('export').description('write a part of the log into a file; the export is logged').requiredOption('--from <time>', 'day in China, or instant').requiredOption('--to <time>', 'first day, or instant, that is no longer part of it')
  .option('--format <format>', EXPORT_FORMATS.join(' or '), 'ndjson').option('--out <file>', 'where to write it; a name made of the dates when absent')
  .action(exportCommand)
const serviceAccounts = program.command('service-account').description('accounts of reporting tools and plugins')
serviceAccounts.command('issue').description('open an account and show its key, once').argument('<unitCode>').argument('<code>')
  .requiredOption('--name <text>', 'Chinese name').requiredOption('--purpose <text>', 'what it is for, and who runs it')
  .requiredOption('--expires <date>', 'first day on which the key no longer works, within a year')
  .option('--role <role>', 'REPORTING_CLIENT or SECTOR_MAINTAINER', 'REPORTING_CLIENT').option('--realm <realm>', 'REGISTERS', 'REGISTERS')
  .action(issueServiceAccount)
serviceAccounts.command('rotate').description('show a new key; the earlier ones end').argument('<unitCode>').argument('<code>')
  .requiredOption('--expires <date>', 'first day on which the new key no longer works').option('--overlap <hours>', 'for how long the earlier keys still work', '24')
  .action(rotateServiceAccountKey)
serviceAccounts.command('revoke').description('end an account and all its keys').argument('<unitCode>').argument('<code>').action(revokeServiceAccount)
serviceAccounts.command('list').description('the accounts, with the end of their keys and their last use').action(listServiceAccounts)
const vault = program.command('vault').description('the keys of the sensitive values')
vault.command('status').description('data keys by realm, what wraps them, and how many values each protects').action(vaultStatus)
vault.command('rotate').description('wrap all data keys with the configured key; the previous one is needed no more')
  .option('--data-keys', 'also make new data keys and seal every value anew; goes on where it was broken off')
  .action(rotateVault)
vault.command('seal-evidence').description('seal SENSITIVE evidence of before there was a vault: titles, file names and files').action(sealEvidence)
const retention = program.command('retention').description('how long registers are kept, and what was purged').action(showRetention)
retention.command('run').description('purge now what is past its period; a running product does so by itself').action(runRetention)
retention.command('set').description('a new period for a register, from now on').argument('<register>').argument('<days>').requiredOption('--basis <text>', 'by which rule').action(setRetention)
program.command('new').description('make something new').command('plugin').description('a plugin in plugins/ that passes the contract kit as it is')
  .argument('<name>').option('--tier <n>', '0 content, 1 content with indicators, 2 code', '1').option('--title-zh <text>', 'Chinese title').option('--title-en <text>', 'English title')
  .action(newPlugin)
program.command('check').description('check something').command('plugin').description('the contract kit on one plugin').argument('<name>').action(checkPluginCommand)
program.command('plugins').description('the plugins as the last start left them').action(listPlugins)
const operations = program.command('operations').description('operations that teams have had listed; PLUMBLINE_OPERATIONS=safelist answers no others')
operations.command('publish').description('list the operations of a manifest, or of a folder of .graphql files; nothing unless all of them fit')
  .argument('<team>').argument('<from>').action(publishOperations)
operations.command('retire').description('answer an operation no longer').argument('<team>').argument('<name or hash>').action(retireOperations)
operations.command('list').option('--team <team>').action(listOperations)
program.command('settings').description('every variable of the environment that is read').action(listSettings)
program.command('schema').description('write schema/ anew').option('--check', 'write nothing; ends with 1 when it is out of date').action(printSchemas)

program.parseAsync().catch((error: unknown) => {
  console.error(sentence(error))
  process.exit(1)
})
