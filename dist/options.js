/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	// The require scope
/******/ 	var __nccwpck_require__ = {};
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/compat get default export */
/******/ 	(() => {
/******/ 		// getDefaultExport function for compatibility with non-harmony modules
/******/ 		__nccwpck_require__.n = (module) => {
/******/ 			var getter = module && module.__esModule ?
/******/ 				() => (module['default']) :
/******/ 				() => (module);
/******/ 			__nccwpck_require__.d(getter, { a: getter });
/******/ 			return getter;
/******/ 		};
/******/ 	})();
/******/ 	
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
  createCredentialsFile: () => (createCredentialsFile),
  liveSecretFiles: () => (liveSecretFiles),
  parseSessionFile: () => (parseSessionFile),
  proxyFor: () => (proxyFor),
  readUnsealInputs: () => (readUnsealInputs),
  removeCredentialsFile: () => (removeCredentialsFile),
  sealText: () => (sealText),
  sessionFileJson: () => (sessionFileJson),
  tunnelThrough: () => (tunnelThrough),
  unsealAction: () => (unsealAction),
  unsealText: () => (unsealText),
  writeCredentialsFile: () => (writeCredentialsFile)
});

;// CONCATENATED MODULE: ./build/parts/options/from-core.js
const { ADDRESS_TIMEOUT, Failure, Problems, ProxyError, Secret, ServerText, booleanValue, exportSession, isJsonObject, isPrintable, isToken, isUserId, openTls, readExportEnv, readOrigin, saveCredentialsFile, screenInputs, secretText, setCredentialOutputs, stringMember } = require('./core.js')

;// CONCATENATED MODULE: ./build/parts/options/actions/credentials-file.js


function createCredentialsFile(runner, files, path) {
    const file = create(runner, files, path);
    saveCredentialsFile(runner, file.realPath);
    if (files.isInside(file.realPath, runner.environment('GITHUB_WORKSPACE') ?? '')) {
        runner.warning(`\`credentials-file\` ${file.path} is in the workspace: artifacts, images and commits may take it along. A relative path is in RUNNER_TEMP.`);
    }
    return file;
}
function create(runner, files, path) {
    const trusted = ['RUNNER_TEMP', 'GITHUB_WORKSPACE'].flatMap((name) => runner.environment(name) || []);
    try {
        return files.create(path, trusted);
    }
    catch (error) {
        const message = `\`credentials-file\` (${path.length} characters) cannot be created: ${reason(error)}.`;
        const hint = 'Name a file that does not exist, in a folder that does, without symbolic links. Nothing was sent.';
        throw new Failure('invalid-input', message, hint, { cause: error });
    }
}
function reason(error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const known = { EEXIST: 'there is something already', ENOENT: 'its folder does not exist' }[code];
    return known ?? (code === '' && error instanceof Error ? error.message : code);
}
function writeCredentialsFile(file, json) {
    if (/\{[{%#]/.test(json)) {
        const message = 'The server’s answer holds {{, {% or {#, which Ansible would run: it is not written to `credentials-file`.';
        throw new Failure('server-error', message, 'No honest server answers so. Do not use this session.');
    }
    try {
        file.write(`${json}\n`);
    }
    catch (error) {
        const message = `\`credentials-file\` ${file.path} cannot be written: ${reason(error)}.`;
        const hint = 'Is the disk of the runner full? Make room, or name another folder.';
        throw new Failure('internal', message, hint, { cause: error });
    }
}
function removeCredentialsFile(runner, files, path) {
    try {
        if (files.remove(path) !== 'link')
            return;
        runner.warning(`The credentials file ${path} was a symbolic link by now. The link was removed, what it points to was not: remove it yourself if the credentials are in it.`);
    }
    catch (error) {
        runner.warning(`The credentials file ${path} could not be removed: ${reason(error)}.`);
    }
}

;// CONCATENATED MODULE: ./build/parts/options/sealing/session-file.js



function sessionFileJson(session, { repository, runId, runAttempt }) {
    const { accessToken, refreshToken, userId, deviceId, homeserverUrl, expiresAt } = session;
    return JSON.stringify({
        access_token: accessToken.reveal(),
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken.reveal() }),
        user_id: userId.raw,
        ...(deviceId === undefined ? {} : { device_id: deviceId.raw }),
        homeserver: homeserverUrl,
        ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
        repository,
        run_id: runId,
        ...(runAttempt === '' ? {} : { run_attempt: runAttempt }),
    });
}
function parseSessionFile(text) {
    const value = parseJson(text);
    if (value === undefined)
        return undefined;
    const member = (name) => stringMember(value, name);
    const [accessToken, userId, homeserverUrl] = [member('access_token'), member('user_id'), member('homeserver')];
    if (accessToken === undefined || !isToken(accessToken) || userId === undefined || !isUserId(userId))
        return undefined;
    if (homeserverUrl === undefined || !isPrintable(homeserverUrl))
        return undefined;
    const [refreshToken, deviceId] = [member('refresh_token'), member('device_id')];
    const expiresAt = Date.parse(member('expires_at') ?? '');
    const session = {
        homeserverUrl,
        userId: new ServerText(userId),
        accessToken: new Secret(accessToken),
        ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
        ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
        ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
    };
    const memberOrEmpty = (name) => member(name) ?? '';
    return {
        session,
        origin: {
            repository: memberOrEmpty('repository'),
            runId: memberOrEmpty('run_id'),
            runAttempt: memberOrEmpty('run_attempt'),
        },
    };
}
function parseJson(text) {
    try {
        const value = JSON.parse(text);
        return isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
async function sealText(text, passphrase) {
    const { seal } = await loadAge();
    return Buffer.from(await seal(text, passphrase)).toString('base64');
}
async function unsealText(sealed, passphrase) {
    const { openAge } = await loadAge();
    return openAge(sealed, passphrase);
}
function loadAge() {
    return Promise.resolve().then(() => require('./age.js'));
}

;// CONCATENATED MODULE: ./build/parts/options/actions/unseal.js







function readUnsealInputs(source) {
    const problems = new Problems();
    const inputs = screenInputs('unseal', source, problems);
    const passphrase = secretText(inputs.input('passphrase'), 'password')?.value ?? '';
    const sealed = inputs.input('sealed-credentials').trim();
    if (sealed === '')
        problems.add('`sealed-credentials` is empty.', 'missing-credentials', EMPTY_HINT);
    if (passphrase === '')
        problems.add('`passphrase` is empty: it is the `seal-passphrase` of the login.');
    const exportEnv = readExportEnv(inputs, problems);
    const allowOtherRuns = booleanValue('allow-other-runs', inputs.input('allow-other-runs'), false, problems);
    problems.throwIfAny();
    return { sealed: decode(sealed), passphrase, exportEnv, allowOtherRuns };
}
function decode(text) {
    const sealed = text.replace(/\s+/g, '');
    const isWhole = sealed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(sealed);
    return isWhole ? Buffer.from(sealed, 'base64') : new Uint8Array();
}
const EMPTY_HINT = 'Does the job that logs in declare it under `outputs:`, does this job name that one under `needs:`, did it run, and did ' +
    'it set `seal-passphrase`? The runner also drops an output in which a secret of one to three letters happens to occur: make that one longer.';
async function unsealAction(runner) {
    const inputs = readUnsealInputs(runner);
    const opened = parseSessionFile(await unseal_open(inputs));
    if (opened === undefined) {
        throw new Failure('unsealing-failed', 'The decrypted content is not a credentials document.', 'Pass the output `sealed-credentials` of the login on as it is.');
    }
    const { session, origin } = opened;
    runner.mask(session.accessToken.reveal());
    if (session.refreshToken !== undefined)
        runner.mask(session.refreshToken.reveal());
    if (!inputs.allowOtherRuns)
        checkOrigin(origin, readOrigin(runner), runner);
    setCredentialOutputs(runner, session);
    if (inputs.exportEnv)
        exportSession(runner, session);
    runner.setOutput('failure', '');
    runner.info(`Opened the credentials of ${session.userId}, device ${session.deviceId ?? '(none)'}, at ${new ServerText(session.homeserverUrl)}.`);
}
async function unseal_open({ sealed, passphrase }) {
    const opened = await unsealText(sealed, passphrase);
    if ('text' in opened)
        return opened.text;
    const { message, hint } = PROBLEMS[opened.problem];
    throw new Failure('unsealing-failed', message, hint);
}
const PROBLEMS = {
    passphrase: {
        message: '`passphrase` does not open `sealed-credentials`.',
        hint: 'Is it the same secret as `seal-passphrase` of the login? If it is, the value was changed on its way: pass the ' +
            'output on as it is.',
    },
    damaged: {
        message: '`sealed-credentials` is damaged: it is not a complete age file in base64.',
        hint: 'Pass the output `sealed-credentials` of the login on as it is.',
    },
};
function checkOrigin(sealed, here, log) {
    const hint = 'Log in in this run. To allow this, set `allow-other-runs: true`.';
    if (sealed.repository !== here.repository) {
        throw new Failure('unsealing-failed', `\`sealed-credentials\` come from another repository, ${new ServerText(sealed.repository)}.`, hint);
    }
    if (sealed.runId !== here.runId) {
        throw new Failure('unsealing-failed', `\`sealed-credentials\` come from another run, ${new ServerText(sealed.runId)}.`, hint);
    }
    if (sealed.runAttempt !== '' && here.runAttempt !== '' && sealed.runAttempt !== here.runAttempt)
        log.warning(OTHER_ATTEMPT);
}
const OTHER_ATTEMPT = '`sealed-credentials` come from an earlier attempt of this run, whose session may have ended. If the token is invalid, ' +
    'press "Re-run all jobs" instead of "Re-run failed jobs".';

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = require("node:net");
;// CONCATENATED MODULE: ./build/parts/options/http/proxy.js


function proxyFor(url, { name, value, noProxy }) {
    if (isBypassed(url, noProxy))
        return undefined;
    const proxy = parseProxy(value);
    if (proxy !== undefined)
        return proxy;
    throw new Failure('invalid-input', `${name} is not the address of an HTTP proxy.`, UNREADABLE_HINT);
}
const UNREADABLE_HINT = 'Write it as http://host:port, with credentials http://user:password@host:port. SOCKS proxies are not supported. ' +
    'To connect without a proxy, list the host in NO_PROXY. No request is sent directly instead.';
const PROXY_URL = /^(?:([a-z][a-z0-9+.-]*):\/{1,3})?([^/?#]*)(?:[/?#].*)?$/is;
function parseProxy(value) {
    const [, scheme = 'http', authority = ''] = PROXY_URL.exec(value) ?? [];
    const secure = scheme.toLowerCase() === 'https';
    if (!secure && scheme.toLowerCase() !== 'http')
        return undefined;
    const [, userInfo, hostName = '', port = ''] = /^(?:(.*)@)?(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/s.exec(authority) ?? [];
    const host = readHost(hostName);
    const portNumber = port === '' ? (secure ? 443 : 80) : Number(port);
    const authorization = userInfo === undefined || userInfo === '' ? undefined : basicAuthorization(userInfo);
    if (host === undefined || portNumber < 1 || portNumber > 65_535 || authorization === null)
        return undefined;
    return { secure, host, port: portNumber, authorization };
}
function readHost(text) {
    const [, address] = /^\[(.*)\]$/.exec(text) ?? [];
    if (address !== undefined) {
        const zoned = address.replace(/%25/, '%');
        return (0,external_node_net_namespaceObject.isIP)(zoned) === 6 ? zoned : undefined;
    }
    const url = `http://${text}`;
    const name = text !== '' && URL.canParse(url) ? new URL(url).hostname : '';
    return /^[a-z0-9._-]+$/.test(name) ? name : undefined;
}
function basicAuthorization(userInfo) {
    const separator = userInfo.indexOf(':');
    const user = percentDecode(separator < 0 ? userInfo : userInfo.slice(0, separator));
    const password = percentDecode(separator < 0 ? '' : userInfo.slice(separator + 1));
    const credentials = Buffer.concat([user, Buffer.from(':'), password]);
    return credentials.some((byte) => byte < 0x20 || byte === 0x7f) ? null : `Basic ${credentials.toString('base64')}`;
}
function percentDecode(text) {
    const bytes = Buffer.from(text).toString('latin1');
    const decoded = bytes.replace(/%([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(decoded, 'latin1');
}
function isBypassed(url, noProxy) {
    const host = withoutFinalDot(url.hostname.replace(/^\[(.*)\]$/, '$1'));
    const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : url.port;
    if (isLoopback(host))
        return true;
    return noProxy.split(/[\s,]+/).some((entry) => matches(entry.toLowerCase(), host, port));
}
const DEFAULT_PORTS = { 'http:': '80', 'https:': '443' };
function isLoopback(host) {
    if (host === 'localhost' || host.endsWith('.localhost'))
        return true;
    return isWithin(host, '127.0.0.0', 8) || isWithin(host, '::1', 128);
}
function matches(entry, host, port) {
    if (entry === '*')
        return true;
    const network = /^(.+)\/(\d{1,3})$/.exec(entry);
    if (network !== null)
        return isWithin(host, network[1] ?? '', Number(network[2]));
    if ((0,external_node_net_namespaceObject.isIP)(entry) === 6)
        return isWithin(host, entry, 128);
    const [, name = '', ofPort] = /^(\[[^\]]*\]|[^:[\]]+)(?::(\d+))?$/.exec(entry) ?? [];
    if (name === '' || (ofPort !== undefined && ofPort !== port))
        return false;
    const address = name.replace(/^\[(.*)\]$/, '$1');
    const family = (0,external_node_net_namespaceObject.isIP)(address);
    return family === 0 ? isOfDomain(name, host) : isWithin(host, address, family === 4 ? 32 : 128);
}
function isOfDomain(entry, host) {
    if ((0,external_node_net_namespaceObject.isIP)(host) !== 0)
        return false;
    const domain = toAscii(withoutFinalDot(entry.replace(/^\*?\./, '')));
    if (domain === '')
        return false;
    return host.endsWith(`.${domain}`) || (host === domain && !entry.startsWith('*.'));
}
function toAscii(domain) {
    const isAscii = /^[\x21-\x7e]*$/.test(domain);
    return isAscii || !URL.canParse(`http://${domain}`) ? domain : new URL(`http://${domain}`).hostname;
}
function withoutFinalDot(name) {
    return name.replace(/\.$/, '');
}
function isWithin(host, address, prefix) {
    const [ofHost, family] = [familyOf(host), familyOf(address)];
    if (ofHost === undefined || family === undefined || prefix > (family === 'ipv4' ? 32 : 128))
        return false;
    const network = new external_node_net_namespaceObject.BlockList();
    network.addSubnet(address, prefix, family);
    return network.check(host, ofHost);
}
function familyOf(address) {
    const family = (0,external_node_net_namespaceObject.isIP)(address);
    if (family === 0)
        return undefined;
    return family === 4 ? 'ipv4' : 'ipv6';
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: ./build/parts/options/http/tunnel.js



function tunnelThrough({ host, port, secure, authorization }) {
    return (target, keep) => {
        const headers = { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
        const socket = keep(secure ? openTls(host, { port }) : (0,external_node_net_namespaceObject.connect)({ host, port, ...ADDRESS_TIMEOUT }));
        const options = { method: 'CONNECT', path: target, headers, createConnection: () => socket };
        const request = keep(external_node_http_default().request(options));
        return new Promise((resolve, reject) => {
            request.once('connect', ({ statusCode = 0 }, _socket, head) => {
                if (statusCode < 200 || statusCode > 299)
                    return reject(new ProxyError(statusCode));
                if (head.length > 0)
                    socket.unshift(head);
                resolve(socket);
            });
            request.on('error', (cause) => reject(new ProxyError(undefined, cause.code, { cause })));
            request.end();
        });
    };
}

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
;// CONCATENATED MODULE: ./build/parts/options/runner/secret-file.js


const liveSecretFiles = { create: createSecretFile, remove: removeSecretFile, isInside };
function createSecretFile(path, trusted) {
    const absolute = (0,external_node_path_namespaceObject.resolve)(path);
    const folder = realFolder((0,external_node_path_namespaceObject.dirname)(absolute), trusted);
    const descriptor = (0,external_node_fs_namespaceObject.openSync)(absolute, 'wx', MODE);
    try {
        (0,external_node_fs_namespaceObject.fchmodSync)(descriptor, MODE);
        if ((0,external_node_fs_namespaceObject.realpathSync)((0,external_node_path_namespaceObject.dirname)(absolute)) !== folder || !isFileOf(descriptor, absolute))
            throw new Error(LINKED);
    }
    catch (error) {
        if (isFileOf(descriptor, absolute))
            (0,external_node_fs_namespaceObject.unlinkSync)(absolute);
        (0,external_node_fs_namespaceObject.closeSync)(descriptor);
        throw error;
    }
    return {
        path: absolute,
        realPath: (0,external_node_path_namespaceObject.join)(folder, (0,external_node_path_namespaceObject.basename)(absolute)),
        write: (text) => {
            try {
                (0,external_node_fs_namespaceObject.writeFileSync)(descriptor, text);
            }
            finally {
                (0,external_node_fs_namespaceObject.closeSync)(descriptor);
            }
        },
    };
}
const MODE = 0o600;
const LINKED = 'its folder is a symbolic link, or is reached through one';
function realFolder(folder, trusted) {
    const real = (0,external_node_fs_namespaceObject.realpathSync)(folder);
    const expected = trusted.flatMap((root) => {
        const rest = (0,external_node_path_namespaceObject.relative)(root, folder);
        return leadsOut(rest) ? [] : [(0,external_node_path_namespaceObject.join)((0,external_node_fs_namespaceObject.realpathSync)(root), rest)];
    });
    if (real !== folder && !expected.includes(real))
        throw new Error(LINKED);
    return real;
}
function isFileOf(descriptor, path) {
    const [opened, named] = [(0,external_node_fs_namespaceObject.fstatSync)(descriptor, BIG), (0,external_node_fs_namespaceObject.lstatSync)(path, { ...BIG, throwIfNoEntry: false })];
    return named !== undefined && named.ino === opened.ino && named.dev === opened.dev;
}
const BIG = { bigint: true };
function removeSecretFile(realPath) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(realPath, { throwIfNoEntry: false });
    if (found === undefined)
        return 'gone';
    if ((0,external_node_fs_namespaceObject.realpathSync)((0,external_node_path_namespaceObject.dirname)(realPath)) !== (0,external_node_path_namespaceObject.dirname)(realPath))
        throw new Error(LINKED);
    (0,external_node_fs_namespaceObject.unlinkSync)(realPath);
    return found.isSymbolicLink() ? 'link' : 'file';
}
function isInside(realPath, folder) {
    if (folder === '')
        return false;
    try {
        const way = (0,external_node_path_namespaceObject.relative)((0,external_node_fs_namespaceObject.realpathSync)(folder), realPath);
        return way !== '' && !leadsOut(way);
    }
    catch {
        return false;
    }
}
function leadsOut(way) {
    return way === '..' || way.startsWith(`..${external_node_path_namespaceObject.sep}`) || (0,external_node_path_namespaceObject.isAbsolute)(way);
}

;// CONCATENATED MODULE: ./build/parts/options.js







module.exports = __webpack_exports__;
/******/ })()
;