// Jest ends a worker by letting it run out of work, and reports one that is still there 500 ms later as leaking. A worker
// that has loaded a few services has nothing left to do by then, but freeing its half gigabyte object by object takes
// longer than that on a busy machine. The operating system does it at once.
import { TestEnvironment } from 'jest-environment-node';

if (process.send !== undefined) process.once('exit', (code) => process.reallyExit(code));

export default TestEnvironment;
