import 'reflect-metadata'
import { start } from './cli/start'

void start()
