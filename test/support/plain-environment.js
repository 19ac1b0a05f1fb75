/**
 * What jest calls a test environment: where the code of a test file runs. jest's own one for Node looks up every global
 * through a proxy, each time anew: `Promise`, `Error`, `Symbol`. Here they are those of an ordinary global object, as
 * in the program when it runs.
 */
const { constants, createContext } = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/** Shared with Node's own modules, which make and take them. */
const OF_NODE = ['ArrayBuffer', 'Buffer', 'Uint8Array'];
/** Symbols that Node adds to those of the language; a new global object lacks them. */
const SYMBOLS_OF_NODE = ['dispose', 'asyncDispose'];
/** As jest's own environment has it: deep stacks still name the line of the test. */
const STACK_FRAMES = 100;

class PlainEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const global = plainGlobal(this.global);
    const { fakeTimersModern: timers, moduleMocker: mocker } = this;
    this.global = this.context = global;
    this.moduleMocker = new mocker.constructor(global);
    this.fakeTimersModern = new timers.constructor({ config: config.projectConfig, global });
    // The older kind would be another global object's: whoever asks for it is to see that it is not there.
    this.fakeTimers = null;
  }
}

/** https://nodejs.org/docs/latest-v20.x/api/vm.html#vmcreatecontextcontextobject-options */
function plainGlobal(prepared) {
  const plain = createContext(constants.DONT_CONTEXTIFY);
  for (const name of Object.getOwnPropertyNames(prepared)) {
    if (!(name in plain) || OF_NODE.includes(name)) copyGlobal(plain, prepared, name);
  }
  for (const name of SYMBOLS_OF_NODE) plain.Symbol[name] ??= Symbol[name];
  plain.Error.stackTraceLimit = STACK_FRAMES;
  plain.global = plain;
  return plain;
}

/** Node loads some only when they are asked for; from then on they are there like the others. */
function copyGlobal(plain, prepared, name) {
  const { get, enumerable, ...others } = Object.getOwnPropertyDescriptor(prepared, name);
  if (get === undefined) return Object.defineProperty(plain, name, { enumerable, ...others });
  const put = (value) => {
    Object.defineProperty(plain, name, { configurable: true, enumerable, writable: true, value });
    return value;
  };
  const accessors = { get: () => put(prepared[name]), set: put };
  return Object.defineProperty(plain, name, { configurable: true, enumerable, ...accessors });
}

module.exports = PlainEnvironment;
