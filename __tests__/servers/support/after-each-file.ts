import { afterAll } from '@jest/globals'
import { stopAllProcesses } from './real-process.js'

afterAll(stopAllProcesses)
