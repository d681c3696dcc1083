/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	// The require scope
/******/ 	var __nccwpck_require__ = {};
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};
// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  login: () => (login),
  loginPost: () => (loginPost),
  logout: () => (logout),
  rotate: () => (rotate),
  unseal: () => (unseal),
  verify: () => (verify)
});

;// CONCATENATED MODULE: ./build/parts/index/from-core.js
const { CommandFileError, Failure, HELP_URL, MIN_ENCODED, USER_AGENT, base64Forms, hideServerText, isJsonObject, linesOf, liveClock, liveRandom, loggedTransport, loginAction, redact, registerSecret, toolkitTransport } = require('./core.js')

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = require("node:stream");
;// CONCATENATED MODULE: ./build/parts/index/runner/process.js




const ENDED_EARLY = {
    code: 'internal',
    message: 'The process ended before its work was done.',
    hint: 'Run the job again; if it happens twice, please report it, without any token or password.',
};
async function guard(action) {
    const report = onlyOnce((explanation) => announce(action, explanation));
    const explained = async (error) => report(await explainSafely(action, error));
    silenceStderr(action.onError === 'warn' ? 0 : 1, explained);
    const endedEarly = () => report(ENDED_EARLY);
    process.once('beforeExit', endedEarly);
    try {
        await action.run();
    }
    catch (error) {
        await explained(error);
    }
    finally {
        process.off('beforeExit', endedEarly);
    }
}
function onlyOnce(report) {
    let isReported = false;
    return (explanation) => {
        if (!isReported)
            report(explanation);
        isReported = true;
    };
}
function announce({ runner, onError, onFailure }, explanation) {
    const { code, message, hint } = explanation;
    const text = [message, hint, `Help: ${HELP_URL}#${code}`].filter((line) => line !== '').join('\n');
    if (onError === 'warn') {
        runner.warning(text);
        return;
    }
    runner.fail(text, `Matrix Access Token: ${code}`);
    try {
        onFailure(explanation);
    }
    catch {
        runner.debug('The output `failure` cannot be written.');
    }
}
async function explainSafely({ explain }, error) {
    try {
        return await explain(error);
    }
    catch {
        return ENDED_EARLY;
    }
}
function silenceStderr(exitCode, onUncaught) {
    process.removeAllListeners('warning');
    process.on('warning', () => { });
    process.on('uncaughtException', (error) => {
        void onUncaught(error).finally(() => process.exit(exitCode));
    });
}
const STDOUT = 1;
function waitForReader() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
function writeAll(text) {
    let rest = Buffer.from(text);
    while (rest.length > 0) {
        try {
            rest = rest.subarray((0,external_node_fs_namespaceObject.writeSync)(STDOUT, rest));
        }
        catch (error) {
            const code = error instanceof Error && 'code' in error ? error.code : undefined;
            if (code === 'EPIPE')
                return;
            if (code !== 'EAGAIN')
                throw error;
            waitForReader();
        }
    }
}
let collected;
function write(chunk) {
    const text = String(chunk);
    if (collected !== undefined)
        return collected.push(text) > 0;
    try {
        writeAll(text);
    }
    catch {
    }
    return true;
}
function inOneWrite(print) {
    const parts = [];
    collected = parts;
    try {
        print();
    }
    finally {
        collected = undefined;
    }
    try {
        writeAll(parts.join(''));
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
        const message = `Secrets cannot be masked: standard output cannot be written${code}.`;
        throw new Failure('internal', message, 'Check the disk space of the runner.', { cause: error });
    }
}
function sink() {
    return new external_node_stream_namespaceObject.Writable({ write: (_chunk, _encoding, done) => done() });
}
function makeStdoutSynchronous() {
    Object.defineProperty(process, 'stdout', { value: { write }, configurable: true });
    let stderr;
    const get = () => {
        stderr ??= sink();
        return stderr;
    };
    Object.defineProperty(process, 'stderr', { get, configurable: true });
}

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = require("os");
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/utils.js
/* eslint-disable @typescript-eslint/no-explicit-any */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/command.js


function issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function issue(name, message = '') {
    issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = require("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = require("fs");
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/file-command.js
/* eslint-disable @typescript-eslint/no-explicit-any */




function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = require("path");
;// CONCATENATED MODULE: ./build/node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






var ExitCode;
(function (ExitCode) {
    ExitCode[ExitCode["Success"] = 0] = "Success";
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
function setSecret(secret) {
    issueCommand('add-mask', {}, secret);
}
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
}
function debug(message) {
    issueCommand('debug', {}, message);
}
function error(message, properties = {}) {
    issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
    issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
function startGroup(name) {
    issue('group', name);
}
function endGroup() {
    issue('endgroup');
}
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}




//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./build/parts/index/runner/masks.js

const MAX_MASKS = 4_000;
const MAX_WINDOWED = 6_000;
const BASE64_WINDOW = 16;
const HEX_WINDOW = 24;
const BASE64_COLUMNS = [76, 64];
const HEX_COLUMNS = [60];
function maskForms(secret) {
    const plain = [secret, ...linesOf(secret)];
    const encoded = plain.filter((text) => text.length >= MIN_ENCODED).map((text) => Buffer.from(text));
    const forms = [...plain, ...encoded.flatMap(encodedForms), ...encoded.flatMap(wrappedForms)];
    return [...new Set(forms)].filter((form) => form.trim() !== '').slice(0, MAX_MASKS);
}
function encodedForms(bytes) {
    return [bytes.toString('hex'), ...base64Forms(bytes)];
}
function wrappedForms(bytes) {
    if (bytes.length <= MAX_WINDOWED) {
        return [
            ...windowsOf(bytes.toString('hex'), HEX_WINDOW),
            ...base64Forms(bytes).flatMap((form) => windowsOf(form, BASE64_WINDOW)),
        ];
    }
    return [
        ...HEX_COLUMNS.flatMap((columns) => linesAt(bytes.toString('hex'), columns)),
        ...['base64', 'base64url'].flatMap((encoding) => BASE64_COLUMNS.flatMap((columns) => linesAt(bytes.toString(encoding), columns))),
    ];
}
function windowsOf(form, size) {
    return [...linesAt(form, size).filter((part) => part.length === size), form.slice(-size)];
}
function linesAt(form, columns) {
    const count = Math.ceil(form.length / columns);
    const lines = Array.from({ length: count }, (_, at) => form.slice(at * columns, (at + 1) * columns));
    return lines.filter((line) => line.length >= MIN_ENCODED);
}

;// CONCATENATED MODULE: ./build/parts/index/runner/toolkit-runner.js







const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE'];
function toolkitRunner() {
    const clean = (message) => {
        const redacted = redact(message);
        const line = oneLine(redacted);
        return line === redacted ? line : redact(line);
    };
    return {
        input: (name) => getInput(name, { trimWhitespace: false }),
        inputNames: givenInputNames,
        environment: (name) => process.env[name],
        mask,
        saveState: (name, value) => writeCommandFile('GITHUB_STATE', () => saveState(name, value)),
        state: (name) => getState(name),
        setOutput: (name, value) => writeCommandFile('GITHUB_OUTPUT', () => setOutput(name, value)),
        exportVariable: (name, value) => writeCommandFile('GITHUB_ENV', () => exportVariable(name, value)),
        debug: (message) => debug(clean(message)),
        info: (message) => info(clean(message)),
        notice: (message) => notice(redact(message), { title: TITLE }),
        warning: (message) => warning(redact(message), { title: TITLE }),
        group: (title, lines) => {
            startGroup(clean(title));
            for (const line of lines)
                info(clean(line));
            endGroup();
        },
        fail: (message, title) => {
            process.exitCode = ExitCode.Failure;
            error(redact(message), { title: redact(title) });
        },
        summary: (markdown) => writeSummary(redact(markdown)),
        event: readEvent,
    };
}
const TITLE = 'Matrix Access Token';
function mask(secret) {
    registerSecret(secret);
    inOneWrite(() => {
        for (const form of maskForms(secret))
            setSecret(form);
    });
}
const INPUT_PREFIX = 'INPUT_';
function givenInputNames() {
    return Object.keys(process.env)
        .filter((name) => name.startsWith(INPUT_PREFIX))
        .map((name) => name.slice(INPUT_PREFIX.length).toLowerCase());
}
function oneLine(message) {
    return message
        .replace(/[\r\n]+/g, ' ')
        .replaceAll('##[', '## [')
        .replace(/^[\s\u0085]*::/, ': :');
}
function requireCommandFile(variable) {
    if ((process.env[variable] ?? '') === '')
        throw new CommandFileError(variable, NO_RUNNER);
}
const NO_RUNNER = 'the variable is not set, so this is not a step of a workflow';
function writeCommandFile(variable, write) {
    requireCommandFile(variable);
    try {
        write();
    }
    catch (error) {
        const problem = systemProblem(error) ?? accessProblem(process.env[variable] ?? '') ?? 'the cause is unknown';
        throw new CommandFileError(variable, problem, { cause: error });
    }
}
function accessProblem(path) {
    try {
        (0,external_node_fs_namespaceObject.accessSync)(path, external_node_fs_namespaceObject.constants.W_OK);
        return undefined;
    }
    catch (error) {
        return systemProblem(error);
    }
}
function systemProblem(error) {
    return error instanceof Error ? /^E[A-Z]+: [^,]*/.exec(error.message)?.[0] : undefined;
}
function hasCommandFiles(runner) {
    return COMMAND_FILES.every((variable) => (runner.environment(variable) ?? '') !== '');
}
function requireCommandFiles() {
    for (const variable of COMMAND_FILES)
        requireCommandFile(variable);
    writeCommandFile('GITHUB_OUTPUT', () => tryToWrite(process.env.GITHUB_OUTPUT ?? ''));
}
function tryToWrite(path) {
    const descriptor = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_APPEND);
    try {
        const stats = (0,external_node_fs_namespaceObject.fstatSync)(descriptor);
        (0,external_node_fs_namespaceObject.writeSync)(descriptor, '\n');
        if (stats.isFile())
            (0,external_node_fs_namespaceObject.ftruncateSync)(descriptor, stats.size);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(descriptor);
    }
}
function writeSummary(markdown) {
    const file = process.env.GITHUB_STEP_SUMMARY ?? '';
    if (file === '')
        return;
    try {
        (0,external_node_fs_namespaceObject.appendFileSync)(file, `${markdown}\n`);
    }
    catch {
        debug('the job summary could not be written');
    }
}
function readEvent() {
    try {
        const event = JSON.parse((0,external_node_fs_namespaceObject.readFileSync)(process.env.GITHUB_EVENT_PATH ?? '', 'utf8'));
        return isJsonObject(event) ? event : {};
    }
    catch {
        return {};
    }
}
function enforceCertificateChecks(runner) {
    const problem = extraCertificatesProblem(process.env.NODE_EXTRA_CA_CERTS ?? '');
    if (problem !== undefined) {
        runner.warning(`NODE_EXTRA_CA_CERTS names a file that ${problem}, so it has no effect. In a job container, a path of the host does ` +
            'not exist. A certificate in DER form is converted with `openssl x509 -inform der`.');
    }
    if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0')
        return;
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    runner.warning('NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are checked all the same, because a password and a token ' +
        'are sent. For a private certificate authority set NODE_EXTRA_CA_CERTS instead.');
}
const PEM_CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/;
function extraCertificatesProblem(path) {
    if (path === '')
        return undefined;
    try {
        return PEM_CERTIFICATE.test((0,external_node_fs_namespaceObject.readFileSync)(path, 'latin1')) ? undefined : 'holds no certificate in PEM form';
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
        return `this job cannot read${code}`;
    }
}

;// CONCATENATED MODULE: ./build/parts/index/index.js








function livePorts() {
    makeStdoutSynchronous();
    const runner = toolkitRunner();
    const clock = liveClock();
    const transport = loggedTransport(toolkitTransport(USER_AGENT, runner.environment), clock.now, runner.debug);
    return { runner, log: runner, masks: runner, transport, clock, random: liveRandom, files: liveFiles };
}
async function liveFiles() {
    return (await Promise.resolve().then(() => require('./options.js'))).liveSecretFiles;
}
function login() {
    const ports = livePorts();
    return guarded(ports, 'fail', () => loginAction(ports));
}
function logout() {
    const ports = livePorts();
    return guarded(ports, 'fail', async () => {
        const { logoutAction } = await Promise.resolve().then(() => require('./logout-main.js'));
        await logoutAction(ports);
    });
}
function unseal() {
    const ports = livePorts();
    return guarded(ports, 'fail', async () => {
        const { unsealAction } = await Promise.resolve().then(() => require('./options.js'));
        await unsealAction(ports.runner);
    });
}
function rotate() {
    const ports = livePorts();
    return guarded(ports, 'fail', async () => {
        const { rotateAction } = await Promise.resolve().then(() => require('./rotate-main.js'));
        await rotateAction(ports);
    });
}
function verify() {
    const ports = livePorts();
    return guarded(ports, 'fail', async () => {
        const { verifyAction } = await Promise.resolve().then(() => require('./verify-main.js'));
        await verifyAction(ports);
    });
}
function loginPost() {
    const ports = livePorts();
    return guarded(ports, 'warn', async () => {
        const { loginPostAction } = await Promise.resolve().then(() => require('./logout-main.js'));
        await loginPostAction(ports);
    });
}
function guarded(ports, onError, action) {
    const { runner, clock } = ports;
    return guard({
        runner,
        onError,
        run: () => {
            hideServerText(onError === 'warn');
            if (onError === 'fail')
                requireCommandFiles();
            enforceCertificateChecks(runner);
            return action();
        },
        explain: async (error) => (await Promise.resolve().then(() => require('./explain.js'))).explain(error, clock.now()),
        onFailure: ({ code }) => {
            if (hasCommandFiles(runner))
                runner.setOutput('failure', code);
        },
    });
}

;// CONCATENATED MODULE: ./build/parts/index.js


module.exports = __webpack_exports__;
/******/ })()
;