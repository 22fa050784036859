import { parentPort, workerData } from 'node:worker_threads'
import { type BareWork, openBare } from './bare-open.ts'

parentPort?.postMessage(await openBare(workerData as BareWork))
