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
  ADDRESS_TIMEOUT: () => (ADDRESS_TIMEOUT),
  ApiError: () => (ApiError),
  CommandFileError: () => (CommandFileError),
  Failure: () => (Failure),
  HELP_URL: () => (HELP_URL),
  INPUT_NAMES: () => (INPUT_NAMES),
  ISSUES_URL: () => (ISSUES_URL),
  LOGOUT: () => (LOGOUT),
  LOGOUT_MODES: () => (LOGOUT_MODES),
  LOG_IN: () => (LOG_IN),
  MATRIX: () => (MATRIX),
  MIN_ENCODED: () => (MIN_ENCODED),
  MatrixClient: () => (MatrixClient),
  NetworkError: () => (NetworkError),
  PROJECT_URL: () => (PROJECT_URL),
  Problems: () => (Problems),
  ProxyError: () => (ProxyError),
  REQUEST_DEADLINE_MS: () => (REQUEST_DEADLINE_MS),
  SESSION_PHASES: () => (SESSION_PHASES),
  STATE: () => (STATE),
  Secret: () => (Secret),
  ServerText: () => (ServerText),
  SessionRecorder: () => (SessionRecorder),
  TransportError: () => (TransportError),
  USER_AGENT: () => (USER_AGENT),
  VERSION: () => (VERSION),
  WHOAMI: () => (WHOAMI),
  WaitBudget: () => (WaitBudget),
  abandon: () => (abandon),
  base64Forms: () => (base64Forms),
  baseUrlText: () => (baseUrlText),
  booleanValue: () => (booleanValue),
  call: () => (call),
  checkToken: () => (checkToken),
  choiceValue: () => (choiceValue),
  classifyResponse: () => (classifyResponse),
  clockUntil: () => (clockUntil),
  code: () => (code),
  connect: () => (connect),
  credentialKinds: () => (credentialKinds),
  deliverSkipped: () => (deliverSkipped),
  describeRefusal: () => (describeRefusal),
  describeRefused: () => (describeRefused),
  describeUser: () => (describeUser),
  describeValue: () => (describeValue),
  deviceDisplayName: () => (deviceDisplayName),
  exchange: () => (exchange),
  expiryOf: () => (login_flow_expiryOf),
  exportSession: () => (exportSession),
  findToken: () => (findToken),
  fitDisplayName: () => (fitDisplayName),
  forgePart: () => (forgePart),
  hideServerText: () => (hideServerText),
  initializeState: () => (initializeState),
  insecureDiscovery: () => (insecureDiscovery),
  isAnswerLost: () => (isAnswerLost),
  isAsRequested: () => (isAsRequested),
  isBlank: () => (isBlank),
  isInputName: () => (isInputName),
  isInsecure: () => (isInsecure),
  isJsonObject: () => (isJsonObject),
  isLoopback: () => (isLoopback),
  isPlainId: () => (isPlainId),
  isPrintable: () => (isPrintable),
  isRefusedWith: () => (isRefusedWith),
  isSameUser: () => (isSameUser),
  isToken: () => (isToken),
  isUnavailable: () => (isUnavailable),
  isUnrecognized: () => (isUnrecognized),
  isUserId: () => (isUserId),
  issueSession: () => (issueSession),
  joinServerTexts: () => (joinServerTexts),
  lifetimeOf: () => (lifetimeOf),
  lifetimeValue: () => (lifetimeValue),
  linesOf: () => (linesOf),
  listMember: () => (listMember),
  liveClock: () => (liveClock),
  liveRandom: () => (liveRandom),
  loggedTransport: () => (loggedTransport),
  loginAction: () => (loginAction),
  loginContext: () => (loginContext),
  loginCredential: () => (loginCredential),
  loginIdentifier: () => (loginIdentifier),
  loginTokenRequest: () => (loginTokenRequest),
  malformed: () => (malformed),
  maskSecretInputs: () => (maskSecretInputs),
  maskSecretVariables: () => (maskSecretVariables),
  missingSecretsCause: () => (missingSecretsCause),
  objectMember: () => (objectMember),
  openTls: () => (openTls),
  optionalObject: () => (optionalObject),
  optionalText: () => (optionalText),
  parseBaseUrl: () => (parseBaseUrl),
  parseJsonObject: () => (parseJsonObject),
  parseRetryAfter: () => (parseRetryAfter),
  password: () => (password_password),
  printable: () => (printable),
  proofOf: () => (proofOf),
  proxySettings: () => (proxySettings),
  randomDeviceId: () => (randomDeviceId),
  readAllowHttp: () => (readAllowHttp),
  readExportEnv: () => (readExportEnv),
  readHomeserver: () => (readHomeserver),
  readMaxWait: () => (readMaxWait),
  readOrigin: () => (readOrigin),
  readRunContext: () => (readRunContext),
  readSessionInputs: () => (readSessionInputs),
  readUser: () => (readUser),
  redact: () => (redact),
  registerSecret: () => (registerSecret),
  saveCredentialsFile: () => (saveCredentialsFile),
  screenInputs: () => (screenInputs),
  secretMember: () => (secretMember),
  secretText: () => (secretText),
  setCredentialOutputs: () => (setCredentialOutputs),
  setRefreshTokenOutput: () => (setRefreshTokenOutput),
  setSessionOutputs: () => (setSessionOutputs),
  setTokenOutputs: () => (setTokenOutputs),
  sleepUnless: () => (sleepUnless),
  stringMember: () => (stringMember),
  summaryOf: () => (summaryOf),
  textMember: () => (textMember),
  toolkitTransport: () => (toolkitTransport),
  unusualCharacters: () => (unusualCharacters),
  verifySession: () => (verifySession),
  verifyWithWhoami: () => (verifyWithWhoami),
  warnOfOtherDevice: () => (warnOfOtherDevice),
  withDeadline: () => (withDeadline),
  withWaitBudget: () => (withWaitBudget),
  withinTime: () => (withinTime)
});

;// CONCATENATED MODULE: ./build/parts/core/actions/deliver.js
function readOrigin({ environment }) {
    return {
        repository: environment('GITHUB_REPOSITORY') ?? '',
        runId: environment('GITHUB_RUN_ID') ?? '',
        runAttempt: environment('GITHUB_RUN_ATTEMPT') ?? '',
    };
}
async function deliver(runner, session, inputs, file) {
    const sealed = await writeSessionFile(session, readOrigin(runner), inputs.sealPassphrase, file);
    setSessionOutputs(runner, session);
    runner.setOutput('rotated-at', inputs.rotatedAt === undefined ? '' : new Date(inputs.rotatedAt).toISOString());
    runner.setOutput('sealed-credentials', sealed);
    runner.setOutput('credentials-file', file?.path ?? '');
    runner.setOutput('failure', '');
    if (inputs.exportEnv)
        exportSession(runner, session);
    const expiresAt = expiryOf(session);
    runner.info(`Logged in as ${session.userId}, ${describeDevice(session)}, ${describeEnd(expiresAt)}.`);
    runner.summary(summaryTable(session, expiresAt, inputs.logout));
}
async function writeSessionFile(session, origin, sealPassphrase, file) {
    if (sealPassphrase === '' && file === undefined)
        return '';
    const { sealText, sessionFileJson } = await Promise.resolve().then(() => require('./options.js'));
    const json = sessionFileJson(session, origin);
    const sealed = sealPassphrase === '' ? '' : await sealText(json, sealPassphrase);
    if (file === undefined)
        return sealed;
    const { writeCredentialsFile } = await Promise.resolve().then(() => require('./options.js'));
    writeCredentialsFile(file, json);
    return sealed;
}
function setSessionOutputs(runner, session) {
    setCredentialOutputs(runner, session);
    runner.setOutput('authenticated', 'true');
}
function setRefreshTokenOutput(runner, { refreshToken }) {
    if (refreshToken !== undefined)
        runner.setOutput('refresh-token', refreshToken.reveal());
}
function setTokenOutputs(runner, { accessToken, refreshToken }) {
    runner.setOutput('access-token', accessToken.reveal());
    runner.setOutput('refresh-token', refreshToken?.reveal() ?? '');
}
function setCredentialOutputs(runner, session) {
    setTokenOutputs(runner, session);
    runner.setOutput('user-id', session.userId.raw);
    runner.setOutput('device-id', session.deviceId?.raw ?? '');
    runner.setOutput('homeserver-url', session.homeserverUrl);
    runner.setOutput('expires-at', expiryOf(session));
}
function exportSession(runner, session) {
    runner.exportVariable('MATRIX_ACCESS_TOKEN', session.accessToken.reveal());
    runner.exportVariable('MATRIX_USER_ID', session.userId.raw);
    runner.exportVariable('MATRIX_DEVICE_ID', session.deviceId?.raw ?? '');
    runner.exportVariable('MATRIX_HOMESERVER', session.homeserverUrl);
}
function expiryOf({ expiresAt }) {
    return expiresAt === undefined ? '' : new Date(expiresAt).toISOString();
}
function deliverSkipped(runner, why) {
    runner.setOutput('authenticated', 'false');
    runner.setOutput('failure', '');
    runner.warning(`Login skipped: no credential is set (\`if-no-credentials: skip\`). ${why}`);
}
function describeDevice({ deviceId }) {
    return deviceId === undefined ? 'without a device' : `device ${deviceId}`;
}
function describeEnd(expiresAt) {
    return expiresAt === '' ? 'no expiry named' : `until ${expiresAt}`;
}
const AFTERWARDS = {
    never: 'stays until it is ended (<code>logout: never</code>)',
    always: 'ends after this job (<code>logout: always</code>)',
    'on-failure': 'ends after this job if the job fails or is cancelled (<code>logout: on-failure</code>)',
};
function summaryTable(session, expiresAt, logout) {
    const rows = [
        ['User', code(`${session.userId}`)],
        ['Device', session.deviceId === undefined ? 'none' : code(`${session.deviceId}`)],
        ['Homeserver', code(session.homeserverUrl)],
        ['Expires', expiresAt === '' ? 'the server named no end' : code(expiresAt)],
        ['The session', AFTERWARDS[logout]],
    ];
    return summaryOf('Matrix login', rows);
}
function summaryOf(heading, rows) {
    const body = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('');
    return `<h3>${heading}</h3><table>${body}</table>`;
}
function code(text) {
    return `<code>${text.replace(/[&<>"'`|\\*_[\]]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}

;// CONCATENATED MODULE: ./build/parts/core/failures.js
class Failure extends Error {
    code;
    hint;
    constructor(code, message, hint, options) {
        super(message, options);
        this.name = 'Failure';
        this.code = code;
        this.hint = hint;
    }
}

;// CONCATENATED MODULE: ./build/parts/core/redaction.js
const WINDOW = 12;
const MIN_SECRET = 4;
const MAX_SECRET = 131_072;
const MIN_ENCODED = 16;
const MAX_ENCODED = 4_096;
const registered = new Set();
const windows = new Set();
const windowCharacters = new Set();
const shortSecrets = new Set();
function isPlain(text) {
    return !/[^\x20-\x7e·…]/.test(text);
}
function lazyPattern(source, flags) {
    let pattern;
    return () => {
        pattern ??= new RegExp(source, flags);
        return pattern;
    };
}
function registerSecret(value) {
    const secret = value.slice(0, MAX_SECRET);
    if (registered.has(secret))
        return;
    registered.add(secret);
    for (const form of [secret, ...linesOf(secret)])
        register(form);
    if (secret.length < MIN_ENCODED || secret.length > MAX_ENCODED)
        return;
    const bytes = Buffer.from(secret);
    for (const form of [bytes.toString('hex'), ...base64Forms(bytes)])
        register(form);
}
function register(form) {
    if (form.length < MIN_SECRET)
        return;
    if (form.length < WINDOW)
        shortSecrets.add(form);
    const folded = fold(form);
    for (let at = 0; at + WINDOW <= folded.length; at += 1)
        windows.add(folded.slice(at, at + WINDOW));
    for (let at = 0; at < folded.length; at += 1)
        windowCharacters.add(folded.charCodeAt(at));
}
function linesOf(secret) {
    const lines = secret.split(/[\r\n]/).filter((line) => line.trim() !== '');
    return [...new Set([...lines, ...lines.map((line) => line.trim())])];
}
function base64Forms(bytes) {
    const standard = [0, 1, 2].map((alignment) => {
        const encoded = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
        return encoded.slice(alignment === 0 ? 0 : alignment + 1, Math.floor(((alignment + bytes.length) * 8) / 6));
    });
    return [...new Set([...standard, ...standard.map(toBase64Url)])];
}
function toBase64Url(text) {
    return text.replaceAll('+', '-').replaceAll('/', '_');
}
function fold(text) {
    return text.replace(/[Σς]/g, 'σ').replaceAll('\u0130', 'i').toLowerCase();
}
function redact(text) {
    if (windows.size === 0 && shortSecrets.size === 0)
        return text;
    let rest = text;
    for (let before = ''; before !== rest;) {
        before = rest;
        rest = redactOnce(before);
    }
    return rest;
}
function redactOnce(text) {
    const hidden = new Uint8Array(text.length);
    let found = false;
    for (const decoded of decodings(text)) {
        const ranges = secretRanges(decoded.text);
        if (ranges.length === 0)
            continue;
        found = true;
        const { starts, ends } = originsOf(text, decoded);
        for (const [from, to] of ranges)
            hidden.fill(1, starts[from] ?? 0, ends[to - 1] ?? 0);
    }
    return found ? replaceHidden(text, hidden) : text;
}
function secretRanges(text) {
    const ranges = [];
    for (const secret of shortSecrets) {
        for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
            ranges.push([at, at + secret.length]);
        }
    }
    if (windows.size === 0)
        return ranges;
    const folded = fold(text);
    for (let at = 0; at + WINDOW <= folded.length; at += 1) {
        if (!windowCharacters.has(folded.charCodeAt(at + WINDOW - 1)))
            at += WINDOW - 1;
        else if (windows.has(folded.slice(at, at + WINDOW)))
            ranges.push([at, at + WINDOW]);
    }
    return ranges;
}
function replaceHidden(text, hidden) {
    let [result, visibleFrom] = ['', 0];
    for (let at = 0; at < text.length; at += 1) {
        if (hidden[at] !== 1)
            continue;
        result += `${text.slice(visibleFrom, at)}***`;
        while (hidden[at] === 1)
            at += 1;
        visibleFrom = at;
    }
    return result + text.slice(visibleFrom);
}
const MAX_RAW = 1_000;
const MAX_SHOWN = 300;
const TOKEN_FORMS = /(?<![A-Za-z0-9])(?:sy[trl]_|m(?:at|ar|ct|cr|pt)_|gh[opsur]_|github_pat_|eyJ)(?=[\w.+/-]*[A-Z0-9])[\w.+/-]{12,}={0,2}/g;
function printable(raw) {
    const line = withoutInvisible(redact(raw.slice(0, MAX_RAW)))
        .replace(/:{2,}/g, ': :')
        .replaceAll('##[', '## [')
        .replace(/ {2,}/g, ' ')
        .trim();
    return cut(redact(line).replace(TOKEN_FORMS, '***'));
}
const FORMATTING = lazyPattern('[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+', 'gu');
function withoutInvisible(text) {
    return isPlain(text) ? text : text.toWellFormed().replace(FORMATTING(), ' ');
}
function cut(line) {
    if (line.length <= MAX_SHOWN)
        return line;
    const shown = line.slice(0, MAX_SHOWN - 1).replace(/[\ud800-\udbff]$/, '');
    const isInMark = line.charAt(shown.length) === '*';
    return `${isInMark ? shown.replace(/\*{1,2}$/, '') : shown}…`;
}
const JSON_SHORT = new Map(Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }));
const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', lowbar: '_' }));
const INVISIBLE = lazyPattern('[\\p{C}\\p{Zl}\\p{Zp}\\p{DI}]+', 'gu');
const DECODERS = [
    {
        isPossible: (text) => text.includes('\\'),
        pattern: () => /\\(?:u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|x[0-9a-f]{2}|["'\\/bfnrt])/gi,
        decode: (match) => decodeBackslash(match.slice(1)),
    },
    {
        isPossible: (text) => text.includes('%'),
        pattern: () => /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi,
        decode: (match) => Buffer.from(match.replaceAll('%', ''), 'hex').toString(),
    },
    { isPossible: (text) => text.includes('+'), pattern: () => /\+/g, decode: () => ' ' },
    {
        isPossible: (text) => text.includes('&'),
        pattern: () => /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|lowbar);?/gi,
        decode: (match) => decodeEntity(match.slice(1)),
    },
    { isPossible: (text) => !isPlain(text), pattern: INVISIBLE, decode: () => '' },
];
function decodeBackslash(escaped) {
    const code = /[ux]\{?([0-9a-f]+)/i.exec(escaped)?.[1];
    return code === undefined ? (JSON_SHORT.get(escaped) ?? escaped) : characterOf(Number.parseInt(code, 16));
}
function decodeEntity(entity) {
    const [, hex, decimal] = /#(?:x([0-9a-f]+)|(\d+))/i.exec(entity) ?? [];
    if (hex !== undefined)
        return characterOf(Number.parseInt(hex, 16));
    if (decimal !== undefined)
        return characterOf(Number.parseInt(decimal, 10));
    return ENTITIES.get(entity.replace(';', '').toLowerCase()) ?? '';
}
function characterOf(code) {
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
const MAX_DEPTH = 3;
function decodings(text) {
    const all = new Map([[text, { text, steps: [] }]]);
    let level = [...all.values()];
    for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
        const next = [];
        for (const { text: outer, steps } of level) {
            for (const decoder of DECODERS) {
                if (!decoder.isPossible(outer))
                    continue;
                const inner = outer.replace(decoder.pattern(), decoder.decode);
                if (all.has(inner))
                    continue;
                const found = { text: inner, steps: [...steps, decoder] };
                all.set(inner, found);
                next.push(found);
            }
        }
        level = next;
    }
    return [...all.values()];
}
function originsOf(text, { steps }) {
    const positions = [...new Array(text.length).keys()];
    let decoded = text;
    let origins = { starts: positions, ends: positions.map((at) => at + 1) };
    for (const { pattern, decode } of steps) {
        const starts = [];
        const ends = [];
        const append = (count, from, to) => {
            for (let unit = 0; unit < count; unit += 1) {
                starts.push(origins.starts[from] ?? 0);
                ends.push(origins.ends[to - 1] ?? 0);
            }
        };
        let at = 0;
        for (const match of decoded.matchAll(pattern())) {
            for (; at < match.index; at += 1)
                append(1, at, at + 1);
            at += match[0].length;
            append(decode(match[0]).length, match.index, at);
        }
        for (; at < decoded.length; at += 1)
            append(1, at, at + 1);
        decoded = decoded.replace(pattern(), decode);
        origins = { starts, ends };
    }
    return origins;
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = require("node:util");
;// CONCATENATED MODULE: ./build/parts/core/secret.js

class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
    reveal() {
        return this.#value;
    }
    toString() {
        return '***';
    }
    toJSON() {
        return '***';
    }
    [external_node_util_namespaceObject.inspect.custom]() {
        return '***';
    }
}

;// CONCATENATED MODULE: ./build/parts/core/api/values.js


let isHidden = false;
function hideServerText(hide) {
    isHidden = hide;
}
class ServerText {
    raw;
    constructor(raw) {
        this.raw = raw;
        Object.defineProperty(this, 'raw', { value: raw, enumerable: false });
    }
    toString() {
        return isHidden ? '' : printable(this.raw);
    }
    toJSON() {
        return this.toString();
    }
}
function joinServerTexts(texts) {
    return new ServerText(texts.join(', '));
}
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}
function parseJsonObject(bytes) {
    try {
        const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        return isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function stringMember(object, name) {
    const value = object[name];
    return typeof value === 'string' ? value : undefined;
}
function textMember(object, name) {
    const value = stringMember(object, name);
    return value === undefined ? undefined : new ServerText(value);
}
function secretMember(object, name) {
    const value = object[name];
    return value instanceof Secret ? value : undefined;
}
function objectMember(object, name) {
    const value = object[name];
    return isJsonObject(value) ? value : {};
}
function isToken(text) {
    return /^[\x21-\x7e]+$/.test(text);
}
function isTokenForm(text) {
    return text.length <= 32_000 && /^[\x21-\x7e]{4,}$/.test(text);
}
const MAX_NAME_LENGTH = 1_024;
function isPrintable(text) {
    return text !== '' && text.length <= MAX_NAME_LENGTH && isNameText(text);
}
const UNPRINTABLE = lazyPattern('[\\p{Cc}\\p{Zl}\\p{Zp}]', 'u');
function isNameText(text) {
    return isPlain(text) || (text.isWellFormed() && !UNPRINTABLE().test(text));
}
function isPlainId(text) {
    return /^[A-Za-z0-9_.~-]{1,255}$/.test(text) && !/^\.+$/.test(text);
}
const MAX_LIFETIME_MS = 3.2e12;
function lifetimeOf(value, unitMs = 1) {
    if (value === undefined || value === null)
        return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
        return 'malformed';
    return value * unitMs > MAX_LIFETIME_MS ? 'malformed' : value * unitMs;
}
function ownMember(object, name) {
    return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}
function optionalObject(object, name) {
    const value = ownMember(object, name);
    return isJsonObject(value) ? value : undefined;
}
function optionalText(object, name) {
    const value = ownMember(object, name);
    return typeof value === 'string' ? value : undefined;
}
function listMember(object, name) {
    const value = ownMember(object, name);
    return Array.isArray(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./build/parts/core/matrix/identifiers.js


const SERVER_NAME = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,255})(?::\d{1,5})?$/;
function parseServerName(text) {
    const hostname = SERVER_NAME.exec(text)?.[1];
    return hostname === undefined || !URL.canParse(`https://${text}`) ? undefined : { text, hostname };
}
const FOREIGN_LETTER = lazyPattern('(?![\\0-\\x7f])[\\p{L}\\p{S}]', 'u');
function internationalNameProblem(text) {
    if (!FOREIGN_LETTER().test(text))
        return undefined;
    return 'has a server name with letters outside ASCII: write it as the server has it, in the form xn--…';
}
const FIRST_USER_ID = /^[^@]*(@[a-z0-9._=/+-]+:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?)/;
const MAX_USER_ID_BYTES = 255;
const MAX_TEXT_LENGTH = 2_048;
function parseUser(text) {
    if (text.length > MAX_TEXT_LENGTH)
        return { problem: 'is longer than any user ID' };
    const mistake = recognizedMistake(text);
    if (mistake !== undefined)
        return { problem: mistake };
    if (/[\0\r\n]/.test(text))
        return { problem: 'contains a line break or NUL' };
    if (text.startsWith('@'))
        return parseUserId(text);
    if (text.startsWith('+'))
        return parsePhone(text);
    if (text.includes('@'))
        return parseEmail(text);
    if (text.includes(':'))
        return { problem: 'is not a user ID: write it with @ in front, @name:example.org' };
    return { kind: 'localpart', localpart: text };
}
function recognizedMistake(text) {
    if (/^(https?:\/\/|matrix:|matrix\.to\/)/i.test(text)) {
        const userId = userIdInLink(text);
        return `is a link, not a user: write ${userId ?? '@name:example.org'}`;
    }
    if (text.startsWith('#') && text.includes(':'))
        return 'is a room alias, not a user: write @name:example.org';
    if (text.startsWith('!') && text.includes(':'))
        return 'is a room ID, not a user: write @name:example.org';
    if (/^["'`“”„‘’‚«»‹›].*["'`“”„‘’‚«»‹›]$/u.test(text))
        return 'has quotation marks around it: write it without them';
    return undefined;
}
function userIdInLink(link) {
    const uri = /^matrix:u(?:ser)?\/(.*)$/i.exec(link)?.[1];
    const text = (uri === undefined ? link : `@${uri}`).replaceAll('%40', '@').replaceAll(/%3A/gi, ':');
    return FIRST_USER_ID.exec(text)?.[1];
}
function parseUserId(userId) {
    const colon = userId.indexOf(':');
    if (colon === -1)
        return { problem: 'has no server name: write @name:example.org, or the name without @' };
    if (Buffer.byteLength(userId) > MAX_USER_ID_BYTES)
        return { problem: `is longer than ${MAX_USER_ID_BYTES} bytes` };
    const serverName = parseServerName(userId.slice(colon + 1));
    if (serverName === undefined) {
        return { problem: internationalNameProblem(userId.slice(colon + 1)) ?? 'has no valid server name behind the colon' };
    }
    if (isWebClient(serverName.hostname))
        return { problem: 'names a web client behind the colon, not a homeserver' };
    return { kind: 'user-id', userId, localpart: userId.slice(1, colon), serverName };
}
function parsePhone(text) {
    const digits = text.slice(1).replace(/[\s().-]/g, '');
    if (!/^[1-9]\d{4,14}$/.test(digits))
        return { problem: 'is not an international phone number such as +441632960123' };
    return { kind: 'phone', digits };
}
function parseEmail(address) {
    if (!/^[^\s@]+@[^\s@]+$/.test(address))
        return { problem: 'is neither a user ID nor an e-mail address' };
    return { kind: 'email', address };
}
function loginIdentifier(user) {
    switch (user.kind) {
        case 'user-id':
            return { type: 'm.id.user', user: user.userId };
        case 'localpart':
            return { type: 'm.id.user', user: user.localpart };
        case 'email':
            return { type: 'm.id.thirdparty', medium: 'email', address: user.address };
        case 'phone':
            return { type: 'm.id.thirdparty', medium: 'msisdn', address: user.digits };
    }
}
function isSameUser(user, userId) {
    const actual = lowerCaseAscii(userId);
    if (user.kind === 'user-id')
        return actual === lowerCaseAscii(user.userId);
    if (user.kind === 'localpart')
        return actual.startsWith(`@${lowerCaseAscii(user.localpart)}:`);
    return true;
}
function lowerCaseAscii(text) {
    return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function describeUser(user) {
    switch (user.kind) {
        case 'user-id':
            return user.userId;
        case 'localpart':
            return user.localpart;
        case 'email':
            return user.address;
        case 'phone':
            return `+${user.digits}`;
    }
}
function isUserId(text) {
    const serverName = /^@[^:]*:(.+)$/.exec(text)?.[1];
    return serverName !== undefined && parseServerName(serverName) !== undefined && isPrintable(text);
}
const WEB_CLIENTS = [
    'matrix.to',
    'app.element.io',
    'develop.element.io',
    'staging.element.io',
    'mobile.element.io',
    'hydrogen.element.io',
    'riot.im',
    'view.matrix.org',
    'app.cinny.in',
    'app.schildi.chat',
    'fluffychat.im',
    'web.fluffychat.im',
    'nheko.im',
];
function isWebClient(hostname) {
    const host = hostname.toLowerCase().replace(/^www\./, '');
    return WEB_CLIENTS.includes(host);
}

;// CONCATENATED MODULE: ./build/parts/core/api/error.js

const MATRIX = {
    serverKind: 'a Matrix homeserver',
    readError: (body) => ({ errcode: stringMember(body, 'errcode'), text: textMember(body, 'error') }),
    foreign: {
        code: 'not-a-homeserver',
        hint: 'Set `homeserver` to the server name (example.org, which is looked up) or to the base URL of the client API ' +
            '(often https://matrix.example.org). If a login page or a bot check stands in front of it, exempt /_matrix from it.',
    },
};
class ApiError extends Error {
    problem;
    server;
    operation;
    dialect;
    answerLost;
    constructor(problem, request, answerLost) {
        super(`${request.operation.phrase}: ${problem.kind} (${problem.status})`);
        this.name = 'ApiError';
        this.problem = problem;
        this.server = request.server;
        this.operation = request.operation;
        this.dialect = request.dialect ?? MATRIX;
        this.answerLost = answerLost;
    }
}
function malformed(what, request, { status = 200, answerLost = false } = {}) {
    return new ApiError({ kind: 'malformed', status, what }, request, answerLost);
}
const ERRCODE = /^(?:(?:[A-Z]{1,20}|MSC\d{1,5})[._]){0,9}[A-Z]{2,20}$|^[a-z][a-z_]{1,40}$/;
function classifyResponse(response, dialect = MATRIX, retryAfterMs) {
    const { status } = response;
    const body = parseJsonObject(response.body);
    const { errcode: code, text } = dialect.readError(body ?? {});
    const errcode = code !== undefined && ERRCODE.test(code) ? code : undefined;
    if (status >= 300 && status < 400)
        return { kind: 'redirected', status, location: locationOf(response) };
    if (status === 429)
        return { kind: 'rate-limited', status, errcode, retryAfterMs };
    if (status >= 500 || status < 200 || status === 408)
        return { kind: 'server-error', status, errcode, text };
    if (body !== undefined)
        return status < 300 ? { ok: body } : { kind: 'refused', status, errcode, text, body };
    if (isWebPage(response) || status === 404)
        return { kind: 'foreign', status, evidence: evidence(response) };
    if (status < 300)
        return { kind: 'malformed', status, what: `its body is not a JSON object${encodingOf(response)}` };
    return { kind: 'refused', status, errcode: undefined, text: new ServerText(excerpt(response)), body: {} };
}
function describeRefusal({ problem, server, operation }, verb = 'refused') {
    const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${problem.errcode}` : '';
    const text = 'text' in problem && problem.text !== undefined ? String(problem.text) : '';
    return `${server} ${verb} to ${operation.phrase}: ${problem.status}${errcode}${text === '' ? '' : `, “${text}”`}.`;
}
function isRefusedWith(error, status, errcode) {
    if (!(error instanceof ApiError) || error.problem.kind !== 'refused')
        return false;
    return ((status === undefined || error.problem.status === status) &&
        (errcode === undefined || error.problem.errcode === errcode));
}
function isUnrecognized(error) {
    return isRefusedWith(error, 404, 'M_UNRECOGNIZED');
}
function locationOf({ headers }) {
    return headers.location === undefined ? undefined : new ServerText(headers.location.split(/[?#]/)[0] ?? '');
}
function encodingOf({ headers }) {
    const encoding = /^(?:x-)?(?:gzip|compress|deflate|br|zstd)$/i.exec(headers['content-encoding'] ?? '')?.[0];
    return encoding === undefined ? '' : ` (it is compressed with ${encoding}, which was not asked for)`;
}
function isWebPage(response) {
    const type = response.headers['content-type'] ?? '';
    return /\bhtml\b/i.test(type) || /^\s*</.test(excerpt(response));
}
function evidence(response) {
    const type = response.headers['content-type'] ?? 'no content type';
    const title = /<title[^>]*>([^<]{0,100})/i.exec(excerpt(response))?.[1]?.trim();
    const server = response.headers.server;
    const parts = [type, title === undefined ? '' : `title “${title}”`, server === undefined ? '' : `server ${server}`];
    return new ServerText(parts.filter((part) => part !== '').join(', '));
}
function excerpt(response) {
    return new TextDecoder().decode(response.body.subarray(0, 4096));
}

;// CONCATENATED MODULE: ./build/parts/core/http/retry.js
function isSuccess(status) {
    return status >= 200 && status <= 299;
}
const UNAVAILABLE = [408, 502, 503, 504, 520, 521, 522, 523, 524, 530];
function isUnavailable(status) {
    return UNAVAILABLE.includes(status);
}
function isEffectUnknown(status) {
    return status >= 500;
}
function parseRetryAfter(value, now) {
    const text = value?.trim() ?? '';
    if (/^\d+$/.test(text))
        return Number(text) * 1000;
    if (!/^[A-Za-z]{3,9},? /.test(text))
        return undefined;
    const date = Date.parse(/ \d{4}$/.test(text) ? `${text} GMT` : text);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
const BASE_MS = 1_000;
const CEILING_MS = 16_000;
const UNHINTED_LIMIT_MS = 5_000;
const MAX_RETRIES = {
    'no-answer': 7,
    unavailable: 7,
    'internal-error': 1,
    'rate-limited': 9,
    'repeat-once': 1,
    final: 0,
};
function decideRetry(outcome, state) {
    const before = state.earlier.get(outcome.kind) ?? 0;
    if (outcome.kind === 'final')
        return { retry: false };
    const waitMs = pause(outcome, before, state.random);
    if (before >= MAX_RETRIES[outcome.kind] && !isPatient(outcome, waitMs))
        return { retry: false };
    if (state.budgetMs <= 0 || waitMs > state.budgetMs)
        return { retry: false };
    return { retry: true, waitMs, reason: outcome.reason };
}
function isPatient({ kind }, waitMs) {
    return kind === 'rate-limited' && waitMs >= BASE_MS;
}
function pause(outcome, before, random) {
    if (outcome.kind !== 'rate-limited')
        return Math.round(random * Math.min(CEILING_MS, BASE_MS * 2 ** before));
    if (outcome.retryAfterMs !== undefined)
        return outcome.retryAfterMs;
    const longest = UNHINTED_LIMIT_MS * 2 ** before;
    return Math.round(longest / 2 + (random * longest) / 2);
}

;// CONCATENATED MODULE: ./build/parts/core/http/transport.js
const MAX_BYTES = 1024 * 1024;
const FINAL = new Set([
    'certificate',
    'tls-refused',
    'not-tls',
    'proxy-refused',
    'too-large',
    'not-http',
]);
class TransportError extends Error {
    problem;
    host;
    code;
    detail;
    requestSent;
    constructor(problem, host, message, facts) {
        super(message, { cause: facts.cause });
        this.name = 'TransportError';
        this.problem = problem;
        this.host = host;
        this.code = facts.code;
        this.detail = facts.detail;
        this.requestSent = facts.requestSent;
    }
    get isTransient() {
        return !FINAL.has(this.problem);
    }
}
const MAX_URL_LENGTH = 300;
const KNOWN_TYPE = /^(application\/json|text\/html|text\/plain)\b/;
function loggedTransport(transport, now, debug) {
    return async (request) => {
        const start = now();
        const { origin, pathname } = new URL(request.url);
        const url = `${origin}${pathname}`.slice(0, MAX_URL_LENGTH);
        const tell = (result) => debug(`${request.method} ${url}: ${result}, ${now() - start} ms`);
        try {
            const response = await transport(request);
            const type = KNOWN_TYPE.exec(response.headers['content-type'] ?? '')?.[0] ?? 'another content type';
            tell(`${response.status}, ${type}, ${response.body.length} bytes`);
            return response;
        }
        catch (error) {
            tell(error instanceof Error ? error.message : 'failed');
            throw error;
        }
    };
}
const MAX_TIMER_MS = 2 ** 31 - 1;
function startTimer(ms, callback) {
    const timer = setTimeout(callback, Number.isNaN(ms) ? MAX_TIMER_MS : Math.min(ms, MAX_TIMER_MS));
    return () => clearTimeout(timer);
}

;// CONCATENATED MODULE: ./build/parts/core/http/exchange.js


const REQUEST_DEADLINE_MS = 30_000;
const MIN_DEADLINE_MS = 2_000;
class WaitBudget {
    #remainingMs;
    #timeLeft;
    constructor(ms, timeLeft = () => Number.POSITIVE_INFINITY) {
        this.#remainingMs = ms;
        this.#timeLeft = timeLeft;
    }
    get remainingMs() {
        return Math.min(this.#remainingMs, this.#timeLeft());
    }
    spend(ms) {
        this.#remainingMs -= ms;
    }
    deadlineFor(wantedMs) {
        const leftMs = Math.min(wantedMs + Math.min(0, this.#remainingMs), this.#timeLeft());
        return Math.min(wantedMs, Math.max(MIN_DEADLINE_MS, leftMs));
    }
}
class NetworkError extends Error {
    cause;
    answerLost;
    tries;
    constructor(cause, answerLost, tries) {
        super(cause.message, { cause });
        this.name = 'NetworkError';
        this.cause = cause;
        this.answerLost = answerLost;
        this.tries = tries;
    }
}
async function exchange(request, ports, read = () => ({}), retryPolicy = 'always') {
    const { budget, clock } = ports;
    const earlier = new Map();
    const firstTryAt = clock.now();
    let [unanswered, answerLost] = [false, false];
    for (let tries = 1;; tries += 1) {
        const startedAt = clock.now();
        const result = await attempt({ ...request, deadlineMs: budget.deadlineFor(request.deadlineMs) }, ports.transport);
        const outcome = classify(result, read, clock.now());
        budget.spend(lostTime(result, outcome, clock.now() - startedAt));
        unanswered ||= 'error' in result && result.error.requestSent;
        answerLost ||= unanswered || ('response' in result && isEffectUnknown(result.response.status));
        const budgetMs = Math.min(budget.remainingMs, longestPause(retryPolicy, unanswered, firstTryAt, clock));
        const decision = decideRetry(outcome, { earlier, budgetMs, random: ports.random() });
        if (!decision.retry || !(await waitFor(decision.waitMs, decision.reason, ports))) {
            if ('error' in result)
                throw new NetworkError(result.error, answerLost, tries);
            const retryAfterMs = outcome.kind === 'rate-limited' ? outcome.retryAfterMs : undefined;
            return { response: result.response, answerLost, retryAfterMs };
        }
        earlier.set(outcome.kind, (earlier.get(outcome.kind) ?? 0) + 1);
    }
}
const PROMPT_MS = 1_000;
function lostTime(result, outcome, elapsedMs) {
    if ('error' in result)
        return elapsedMs;
    return outcome.kind === 'final' ? 0 : Math.max(0, elapsedMs - PROMPT_MS);
}
function longestPause(retryPolicy, unanswered, firstTryAt, clock) {
    if (retryPolicy === 'always')
        return Number.POSITIVE_INFINITY;
    if (retryPolicy === 'unless-lost')
        return unanswered ? 0 : Number.POSITIVE_INFINITY;
    return retryPolicy - (clock.now() - firstTryAt);
}
function isDelay(ms) {
    return ms !== undefined && ms >= 0;
}
async function waitFor(waitMs, reason, ports) {
    ports.onRetry(reason, waitMs);
    ports.budget.spend(waitMs);
    return ports.clock.sleep(waitMs);
}
async function attempt(request, transport) {
    try {
        return { response: await transport(request) };
    }
    catch (error) {
        if (error instanceof TransportError)
            return { error };
        throw error;
    }
}
function classify(result, read, now) {
    if ('error' in result) {
        return result.error.isTransient ? { kind: 'no-answer', reason: result.error.message } : { kind: 'final' };
    }
    const { status, headers } = result.response;
    const hints = read(result.response);
    if (status === 429 || hints.rateLimited === true) {
        const delays = [parseRetryAfter(headers['retry-after'], now), hints.retryAfterMs].filter(isDelay);
        const retryAfterMs = delays.length > 0 ? Math.max(...delays) : undefined;
        return { kind: 'rate-limited', reason: `the server limits how often one may ask (${status})`, retryAfterMs };
    }
    if (hints.repeatOnce !== undefined)
        return { kind: 'repeat-once', reason: hints.repeatOnce };
    if (hints.notReady !== undefined)
        return { kind: 'unavailable', reason: hints.notReady };
    if (status === 500)
        return { kind: 'internal-error', reason: 'the server failed (500)' };
    if (isUnavailable(status))
        return { kind: 'unavailable', reason: `the server is not available (${status})` };
    return { kind: 'final' };
}

;// CONCATENATED MODULE: ./build/parts/core/api/call.js




async function call(request, ports) {
    const { dialect = MATRIX, operation, server } = request;
    const { response, answerLost, retryAfterMs } = await exchange(httpRequest(request), ports, (answer) => hints(answer, request), request.retryPolicy);
    if (request.mayBeEmpty === true && response.status === 200 && response.body.length === 0)
        return {};
    const result = classifyResponse(response, dialect, retryAfterMs);
    if ('ok' in result)
        return takeTokens(result.ok, dialect, ports.mask);
    const lost = answerLost || result.kind === 'malformed' || result.kind === 'server-error';
    throw new ApiError(result, { operation, server, dialect }, lost);
}
const TOKEN_MEMBER = /^(?:\w+_)?token$|^device_code$/;
const call_MAX_DEPTH = 16;
const MAX_TOKENS = 16;
function takeTokens(answer, dialect, mask) {
    let taken = 0;
    const take = (value) => {
        if (value === null || value === undefined)
            return undefined;
        if (typeof value !== 'string' || !isTokenForm(value) || taken === MAX_TOKENS)
            return INVALID;
        taken += 1;
        mask(value);
        return new Secret(value);
    };
    const isTokenMember = (name) => TOKEN_MEMBER.test(name) || dialect.tokenMembers?.includes(name) === true;
    const inside = (value, depth) => {
        if (depth > call_MAX_DEPTH)
            return value;
        if (Array.isArray(value))
            return value.map((each) => inside(each, depth + 1));
        return isJsonObject(value) ? membersOf(value, depth) : value;
    };
    const membersOf = (object, depth) => Object.fromEntries(Object.entries(object).map(([name, value]) => {
        const isToken = isTokenMember(name) && (typeof value !== 'object' || value === null);
        return [name, isToken ? take(value) : inside(value, depth + 1)];
    }));
    return membersOf(answer, 0);
}
const INVALID = Symbol('not a token in form');
function hasInvalidToken(answer, name) {
    const value = answer[name];
    return value !== undefined && value !== null && !(value instanceof Secret);
}
function httpRequest(request, deadlineMs = REQUEST_DEADLINE_MS) {
    const { method, url, body = { json: {} } } = request;
    const authorization = request.authorization === undefined ? {} : { authorization: request.authorization };
    if (method === 'GET') {
        const size = request.maxBytes === undefined ? {} : { maxBytes: request.maxBytes };
        return { method, url, headers: authorization, deadlineMs, ...size };
    }
    if ('form' in body) {
        const headers = { 'content-type': 'application/x-www-form-urlencoded', ...authorization };
        return { method, url, headers, body: new URLSearchParams(body.form).toString(), deadlineMs };
    }
    const headers = { 'content-type': 'application/json', ...authorization };
    return { method, url, headers, body: JSON.stringify(body.json), deadlineMs };
}
function hints(response, request) {
    const retryAfterMs = response.status === 429 ? bodyRetryAfter(response) : undefined;
    const repeatOnce = request.isTransientRefusal?.(response);
    const notReady = request.isNotReady?.(response);
    return {
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(repeatOnce === undefined ? {} : { repeatOnce }),
        ...(notReady === undefined ? {} : { notReady }),
    };
}
function bodyRetryAfter(response) {
    const value = parseJsonObject(response.body)?.retry_after_ms;
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined;
}

;// CONCATENATED MODULE: ./build/parts/core/matrix/client.js


const LOG_IN = { phrase: 'log in' };
const WHOAMI = { phrase: 'say whose token it is' };
const QUESTION_DEADLINE_MS = 10_000;
const EXPLAIN = { phrase: 'explain itself' };
class MatrixClient {
    baseUrl;
    ports;
    constructor(baseUrl, ports) {
        this.baseUrl = baseUrl;
        this.ports = ports;
    }
    withPorts(ports) {
        return new MatrixClient(this.baseUrl, ports);
    }
    async send(request) {
        try {
            return await call(this.#callTo('v3', request), this.ports);
        }
        catch (error) {
            if (!isUnrecognized(error) || request.path.startsWith('/_'))
                throw error;
            const { isBeforeV1 } = await Promise.resolve().then(() => require('./explain.js'));
            if (!(await isBeforeV1(this)))
                throw error;
            return call(this.#callTo('r0', request), this.ports);
        }
    }
    #callTo(version, { path, body, accessToken, ...request }) {
        return {
            ...request,
            server: this.baseUrl,
            url: this.baseUrl + (path.startsWith('/_') ? path : `/_matrix/client/${version}${path}`),
            ...(body === undefined ? {} : { body: { json: body } }),
            ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken.reveal()}` }),
        };
    }
    async askOnce(path) {
        try {
            const request = this.#callTo('v3', { operation: EXPLAIN, method: 'GET', path });
            const deadlineMs = this.ports.budget.deadlineFor(QUESTION_DEADLINE_MS);
            const result = classifyResponse(await this.ports.transport(httpRequest(request, deadlineMs)));
            return 'ok' in result ? result.ok : undefined;
        }
        catch {
            return undefined;
        }
    }
}

;// CONCATENATED MODULE: ./build/parts/core/credentials/login-flow.js




const LOGOUT = { kind: 'logout' };
function loginCredential(parts) {
    return {
        device: 'login',
        opensSession: true,
        singleUse: false,
        needsWhoami: false,
        previousSessions: 'devices',
        ...parts,
    };
}
function loginTokenRequest(credential, { client, device, now }, { accessToken, retryPolicy = 'always' } = {}) {
    return {
        send: () => client.send({ ...loginRequest(credential, device, accessToken), retryPolicy }),
        teardown: () => LOGOUT,
        read: (answer) => ({ ...readLoginOwner(client.baseUrl, answer), ...login_flow_expiryOf(answer, 'expires_in_ms', 1, now()) }),
    };
}
function login_flow_expiryOf(answer, member, unitMs, now) {
    const lifetime = lifetimeOf(answer[member], unitMs);
    if (lifetime === undefined)
        return {};
    return { expiresAt: lifetime === 'malformed' ? lifetime : now + lifetime };
}
function loginRequest(credential, device, accessToken) {
    return {
        operation: LOG_IN,
        method: 'POST',
        path: '/login',
        body: { ...credential, device_id: device.deviceId, initial_device_display_name: device.displayName },
        ...(accessToken === undefined ? {} : { accessToken }),
        isTransientRefusal: deviceIsLoggedOut,
    };
}
function deviceIsLoggedOut({ status, body }) {
    if (status !== 404 || stringMember(parseJsonObject(body) ?? {}, 'errcode') !== 'M_UNKNOWN')
        return undefined;
    return 'the device is being logged out at the same moment (404)';
}
function readLoginOwner(server, answer) {
    const bad = (what) => malformed(what, { server, operation: LOG_IN }, { answerLost: true });
    const userId = stringMember(answer, 'user_id');
    if (userId === undefined || !isUserId(userId))
        throw bad('it has no usable user_id');
    const deviceId = stringMember(answer, 'device_id');
    if (deviceId === undefined || !isPrintable(deviceId))
        throw bad('it has no usable device_id');
    return { userId, deviceId };
}

;// CONCATENATED MODULE: ./build/parts/core/credentials/password.js



const FLOW = 'm.login.password';
const password_password = {
    input: 'password',
    form: 'password',
    needsUser: () => 'any',
    logoutAllowed: true,
    rotates: true,
    read: ({ secret }) => passwordCredential(new Secret(secret)),
};
function passwordCredential(secret) {
    return loginCredential({
        description: 'a password',
        requestTokens: (context) => Promise.resolve(passwordRequest(secret, context)),
        explain: explainRefusal,
    });
}
function passwordRequest(secret, context) {
    const { user } = context;
    if (user === undefined)
        throw new Error('a password without a user');
    return loginTokenRequest({ type: FLOW, identifier: loginIdentifier(user), password: secret.reveal() }, context);
}
async function explainRefusal(error, context) {
    const { explainLoginRefusal, isAboutTheAccount } = await Promise.resolve().then(() => require('./explain.js'));
    const { refusal } = await Promise.resolve().then(() => require('./explain.js'));
    return explainLoginRefusal(error, FLOW, context, (flows) => isAboutTheAccount(error) ? refusal(error, 'wrong-credentials', wrongPassword(flows)) : undefined);
}
function wrongPassword(flows = []) {
    const passwordless = flows.includes('m.login.sso')
        ? ' An account that was made through single sign-on (Google, GitHub, …) has no password until one is set on its account page.'
        : '';
    return WRONG_PASSWORD + passwordless;
}
const WRONG_PASSWORD = 'Does the account exist on this server, and does the secret hold its current password, without quotes and without ' +
    'anything before or behind it? A deactivated account is answered in the same way.';

;// CONCATENATED MODULE: ./build/parts/core/inputs/declared.js
const INPUT_FORMS = {
    homeserver: 'text',
    user: 'text',
    password: 'password',
    'access-token': 'token',
    'login-token': 'token',
    jwt: 'token',
    'oidc-audience': 'text',
    'jwt-login-type': 'text',
    'appservice-token': 'token',
    'shared-secret': 'password',
    'synapse-admin-token': 'token',
    'mas-client-id': 'text',
    'mas-client-secret': 'token',
    'refresh-token': 'token',
    'oauth-client-id': 'text',
    'valid-for': 'text',
    'device-id': 'text',
    'device-name': 'text',
    logout: 'text',
    'max-age': 'text',
    'export-env': 'text',
    'credentials-file': 'text',
    'seal-passphrase': 'password',
    'if-no-credentials': 'text',
    'max-wait': 'text',
    'allow-http': 'text',
    'job-status': 'opaque',
    'job-matrix': 'opaque',
    'current-token': 'token',
    'secret-name': 'text',
    'refresh-secret-name': 'text',
    'store-in': 'text',
    'store-token': 'token',
    retire: 'text',
    'keep-device': 'text',
    'sealed-credentials': 'opaque',
    passphrase: 'password',
    'allow-other-runs': 'text',
    'recovery-key': 'password',
    'recovery-passphrase': 'password',
    'self-signing-key': 'token',
    'device-key': 'text',
};
const INPUT_NAMES = Object.keys(INPUT_FORMS).filter(isInputName);
function isInputName(name) {
    return Object.hasOwn(INPUT_FORMS, name);
}
const CONNECTION = ['homeserver', 'max-wait', 'allow-http'];
const CREDENTIAL = [
    'password',
    'jwt',
    'oidc-audience',
    'appservice-token',
    'shared-secret',
    'synapse-admin-token',
    'mas-client-id',
    'mas-client-secret',
    'refresh-token',
    'oauth-client-id',
    'valid-for',
];
const SESSION = [
    ...CONNECTION,
    'user',
    ...CREDENTIAL,
    'jwt-login-type',
    'device-id',
    'device-name',
    'if-no-credentials',
];
const GIVEN_TOKENS = ['access-token', 'login-token'];
const CREDENTIAL_INPUTS = [...CREDENTIAL, ...GIVEN_TOKENS];
const DECLARED_INPUTS = {
    login: [
        ...SESSION,
        ...GIVEN_TOKENS,
        'logout',
        'max-age',
        'export-env',
        'credentials-file',
        'seal-passphrase',
        'job-status',
        'job-matrix',
    ],
    rotate: [
        ...SESSION,
        'current-token',
        'secret-name',
        'refresh-secret-name',
        'store-in',
        'store-token',
        'retire',
        'keep-device',
    ],
    logout: [...CONNECTION, 'access-token'],
    verify: [
        ...CONNECTION,
        'user',
        'access-token',
        'recovery-key',
        'recovery-passphrase',
        'self-signing-key',
        'device-key',
    ],
    unseal: ['sealed-credentials', 'passphrase', 'export-env', 'allow-other-runs'],
};

;// CONCATENATED MODULE: ./build/parts/core/inputs/credential-kinds.js


async function credentialKinds(action, { input }) {
    const declared = DECLARED_INPUTS[action];
    const given = CREDENTIAL_INPUTS.filter((name) => declared.includes(name) && input(name).trim() !== '');
    const only = given.length === 1 ? given[0] : undefined;
    if (only === 'password')
        return [password_password];
    if (only === 'access-token')
        return [(await Promise.resolve().then(() => require('./given-token.js'))).accessToken];
    const { CREDENTIAL_KINDS, ROTATING_KINDS } = await Promise.resolve().then(() => require('./credentials.js'));
    return action === 'login' ? CREDENTIAL_KINDS : ROTATING_KINDS;
}

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./build/parts/core/runner/ports.js

class CommandFileError extends Failure {
    constructor(variable, problem, options) {
        super('internal', `The file that ${variable} names cannot be written: ${problem}.`, COMMAND_FILE_HINT, options);
        this.name = 'CommandFileError';
    }
}
const COMMAND_FILE_HINT = 'Check the disk space of the runner, and whether the user of the job (in a container: `options: --user`) may write ' +
    'to the folder `_runner_file_commands` in RUNNER_TEMP.';

;// CONCATENATED MODULE: ./build/parts/core/session/record.js




const LOGOUT_MODES = ['never', 'always', 'on-failure'];
const STATE = {
    session: 'session',
    token: 'access-token',
    refreshToken: 'refresh-token',
    file: 'credentials-file',
};
const MAX_STATE_BYTES = 32_000;
const SESSION_PHASES = ['sent', 'open', 'storing', 'ended'];
class SessionRecorder {
    #state;
    #record;
    constructor(state, record) {
        this.#state = state;
        this.#record = { ...record, phase: undefined, teardown: { kind: 'logout' }, proof: '' };
    }
    get record() {
        return this.#record;
    }
    get phase() {
        return this.#record.phase;
    }
    get isEndedByPostStep() {
        return this.#state !== undefined && this.#record.logout === 'always' && this.#record.phase === 'open';
    }
    update(change) {
        const before = JSON.stringify(this.#record);
        this.#record = { ...this.#record, ...change };
        const now = JSON.stringify(this.#record);
        if (this.#record.phase !== undefined && now !== before)
            this.#state?.saveState(STATE.session, now);
    }
    end() {
        try {
            this.update({ phase: 'ended' });
        }
        catch (error) {
            if (!(error instanceof CommandFileError))
                throw error;
        }
    }
    saveTokens(accessToken, refreshToken, change) {
        const record = JSON.stringify({ ...this.#record, ...change });
        if (Buffer.byteLength(record) + accessToken.length + (refreshToken?.length ?? 0) > MAX_STATE_BYTES)
            return false;
        this.#state?.saveState(STATE.token, accessToken);
        if (refreshToken !== undefined)
            this.#state?.saveState(STATE.refreshToken, refreshToken);
        return true;
    }
}
function initializeState(state) {
    for (const key of Object.values(STATE))
        state.saveState(key, '');
}
function saveCredentialsFile(state, path) {
    state.saveState(STATE.file, path);
}
function proofOf(teardown, adminClient) {
    if (teardown.kind !== 'personal-session' || adminClient === undefined)
        return '';
    const { tokenEndpoint, issuer, sessionId } = teardown;
    const { clientId, clientSecret } = adminClient;
    const text = JSON.stringify([clientId, tokenEndpoint, issuer, sessionId]);
    return (0,external_node_crypto_namespaceObject.createHmac)('sha256', clientSecret.reveal()).update(text).digest('hex');
}
function loginContext({ log, masks, clock }, parts) {
    return { ...parts, now: clock.now, mask: masks.mask, warning: log.warning, group: log.group };
}
function isOnRequestedDevice(named, { credential, context }) {
    return credential.device !== 'login' || named?.raw === context.device.deviceId;
}
function isAsRequested({ deviceId }, { credential, context }) {
    return credential.device === 'existing' || deviceId?.raw === context.device.deviceId;
}
function warnOfOtherDevice({ deviceId }, attempt) {
    const { context, recorder, log } = attempt;
    if (isOnRequestedDevice(deviceId, attempt))
        return;
    const device = deviceId === undefined ? 'no device' : `device ${deviceId}`;
    log.warning(`The server logged in on ${device} instead of the requested ${context.device.deviceId}. ` +
        'Nothing is ended because of it. End this session in the list of sessions of the account when it is not needed any more.');
    recorder.end();
}
async function explained(error, attempt, request) {
    if (!(error instanceof ApiError))
        return error;
    const known = request?.explain?.(error) ?? (await attempt.credential.explain(error, attempt.context));
    if (known !== undefined)
        return known;
    if (error.operation !== WHOAMI)
        return error;
    const { refusedNewToken } = await Promise.resolve().then(() => require('./explain.js'));
    return refusedNewToken(error) ?? error;
}
async function verifySession(session, attempt) {
    const { userId } = session;
    if (userId === undefined || attempt.credential.needsWhoami)
        return verifyWithWhoami(session, attempt);
    return { ...session, userId, homeserverUrl: attempt.context.client.baseUrl };
}
async function verifyWithWhoami(session, attempt) {
    const { context, recorder } = attempt;
    const { userId: _told, deviceId: _named, ...rest } = session;
    try {
        const { whoami } = await Promise.resolve().then(() => require('./given-token.js'));
        const owner = await whoami(context.client, session.accessToken);
        const device = attempt.credential.device === 'existing' ? { deviceId: `${owner.deviceId ?? ''}` } : {};
        recorder.update({ user: `${owner.userId}`, ...device });
        if (recorder.phase !== 'ended' && session.teardown.kind === 'logout')
            warnOfOtherDevice(owner, attempt);
        return { ...rest, homeserverUrl: context.client.baseUrl, ...owner };
    }
    catch (error) {
        throw await explained(error, attempt);
    }
}

;// CONCATENATED MODULE: ./build/parts/core/inputs/text.js

const text_INVISIBLE = '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff';
const INVISIBLE_CHARACTER = new RegExp(`[${text_INVISIBLE}]`);
const BLANK = new RegExp(`[\\s${text_INVISIBLE}]`);
const LINE_BREAK = /[\r\n\u0085\u2028\u2029]/;
const SPECIAL_BLANK = lazyPattern('[^\\P{Zs} ]', 'u');
const OPENING_QUOTES = '"\'`“”„‟‘’‚‛«»‹›';
const QUOTED = new RegExp(`^[${OPENING_QUOTES}][^]*[${OPENING_QUOTES}]$`);
function trimInvisible(text) {
    if (isPlain(text))
        return text.trim();
    const [start, end] = boundsOf(text);
    return text.slice(start, end);
}
function isInvisiblyWrapped(text) {
    if (isPlain(text))
        return false;
    const [start, end] = boundsOf(text);
    return INVISIBLE_CHARACTER.test(text.slice(0, start) + text.slice(end));
}
function trimLineBreaks(text) {
    return text.slice(0, endWithout(text, LINE_BREAK));
}
function boundsOf(text) {
    const end = endWithout(text, BLANK);
    let start = 0;
    while (start < end && BLANK.test(text.charAt(start)))
        start += 1;
    return [start, end];
}
function endWithout(text, character) {
    let end = text.length;
    while (character.test(text.charAt(end - 1)))
        end -= 1;
    return end;
}
function isQuoted(text) {
    return QUOTED.test(text);
}
function unusualCharacters(text) {
    if (isPlain(text))
        return isQuoted(text) ? [QUOTATION_MARKS] : [];
    const found = [];
    const invisible = INVISIBLE_CHARACTER.exec(text)?.[0];
    if (invisible !== undefined)
        found.push(`an invisible character (${codePoint(invisible)}) in it`);
    const blank = SPECIAL_BLANK().exec(text)?.[0];
    if (blank !== undefined)
        found.push(`a special blank (${codePoint(blank)}) in it`);
    if (isQuoted(text))
        found.push(QUOTATION_MARKS);
    return found;
}
const QUOTATION_MARKS = 'quotation marks around it';
function codePoint(character) {
    return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
const SHAPES = [
    [/(?<![A-Za-z0-9])(sy[trl]_)\S*/, 'matrix', 'an access token'],
    [/(?<![A-Za-z0-9])(m(?:ct|cr|pt)_)[A-Za-z0-9_]{8,}/, 'matrix', 'an access token'],
    [/(?<![A-Za-z0-9])(ma[tr]_)(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{12,}[A-Za-z0-9_]*/, 'matrix', 'an access token'],
    [/(?<![A-Za-z0-9])(gh[opsur]_)\w{8,}(?:[.-]+\w+)*/, 'forge', 'a GitHub token'],
    [/(?<![A-Za-z0-9])(github_pat_)\w+/, 'forge', 'a GitHub token'],
];
const JSON_WEB_TOKEN = /(?<![A-Za-z0-9])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/;
function findToken(text) {
    for (const [pattern, issuer, kind] of SHAPES) {
        const [match, prefix] = pattern.exec(text) ?? [];
        if (match !== undefined)
            return { issuer, description: `${kind} (${prefix}…)`, match };
    }
    const [match] = JSON_WEB_TOKEN.exec(text) ?? [];
    return match === undefined ? undefined : { issuer: 'any', description: 'a JSON Web Token (eyJ…)', match };
}

;// CONCATENATED MODULE: ./build/parts/core/matrix/homeserver-address.js


const homeserver_address_MAX_URL_LENGTH = 2_048;
function parseHomeserver(text, allowHttp) {
    if (text.length > homeserver_address_MAX_URL_LENGTH)
        return { problem: 'is longer than any address' };
    const mistake = homeserver_address_recognizedMistake(text);
    if (mistake !== undefined)
        return { problem: mistake };
    if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) {
        const parsed = parseBaseUrl(text);
        if ('problem' in parsed)
            return parsed;
        const { url } = parsed;
        if (hidesCase(text.split('/')[2] ?? ''))
            return { problem: CAPITALS };
        if (isInsecure(url, allowHttp))
            return { problem: 'sends credentials in clear text, over http://', insecure: true };
        return { kind: 'base-url', url: baseUrlText(url) };
    }
    const serverName = parseServerName(text.replace(/\/+$/, ''));
    if (serverName === undefined)
        return { problem: internationalNameProblem(text) ?? NO_ADDRESS };
    if (hidesCase(serverName.hostname))
        return { problem: CAPITALS };
    if (serverName.text !== serverName.hostname && isLoopback(serverName.hostname)) {
        return { problem: `has a port of this machine and no scheme: write http://${serverName.text}` };
    }
    return { kind: 'server-name', serverName };
}
const NO_ADDRESS = 'is neither a server name (example.org) nor an https:// URL';
function homeserver_address_recognizedMistake(text) {
    const [, host = '', rest = ''] = /^(?:https?:\/\/)?([A-Za-z0-9.-]+)(?::\d+)?(\/.*)?$/is.exec(text) ?? [];
    const isKnown = isWebClient(host);
    if (isKnown || rest.includes('/#/')) {
        const serverName = /(?:@|%40)[^:/?%]*(?::|%3A)([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?)/i.exec(rest)?.[1];
        const meant = serverName ?? 'the part of the user ID behind the colon, example.org';
        const reason = isKnown ? 'is the address of a web client' : 'has a fragment (#/…), as the address of a web client';
        return `${reason}, not of a homeserver: write ${meant}`;
    }
    if (/^(secrets|vars|env|inputs)\.[A-Z0-9_]+$/.test(text))
        return 'is an expression without its braces: ${{ … }}';
    if (text.startsWith('@'))
        return 'is a user ID: write only the part behind the colon';
    if (/^[#!]/.test(text))
        return 'is a room, not a homeserver: write a server name, example.org';
    return undefined;
}
function hidesCase(host) {
    return /[A-Z]/.test(host) && !/[.[]/.test(host);
}
const CAPITALS = 'has capitals and no dot in its host name: write a host name in lower case';
function parseBaseUrl(text) {
    if (text.length > homeserver_address_MAX_URL_LENGTH || !URL.canParse(text))
        return { problem: 'is not a URL' };
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
        return { problem: 'is not an https:// URL' };
    if (url.username !== '' || url.password !== '')
        return { problem: 'has a user or password in it' };
    if (url.search !== '' || url.hash !== '')
        return { problem: 'has a query or a fragment' };
    return { url };
}
function baseUrlText(url) {
    const path = url.pathname.replace(/\/_matrix(\/.*)?$/, '').replace(/\/+$/, '');
    return url.origin + path;
}
function isInsecure(url, allowHttp) {
    return url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowHttp || isLoopback(url.hostname)));
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
function insecureDiscovery(source, named, hint) {
    return new Failure('insecure-url', `${source} names an address without TLS: ${named}.`, hint);
}

;// CONCATENATED MODULE: ./build/parts/core/inputs/values.js




function describeValue(raw) {
    const { length } = [...raw.trim()];
    return `(${length} ${length === 1 ? 'character' : 'characters'})`;
}
function describeRefused(input, raw, what) {
    const unusual = unusualCharacters(raw.trim());
    const more = unusual.length === 0 ? '' : ` It has ${unusual.join(', and ')}.`;
    return `\`${input}\` ${describeValue(raw)} ${what}.${more}`;
}
class Problems {
    #found = [];
    #inputs = new Set();
    add(text, code = 'invalid-input', hint) {
        this.#found.push({ code, text, hint });
    }
    refuse(input, raw, what, code = 'invalid-input', hint) {
        if (this.#inputs.has(input))
            return;
        this.#inputs.add(input);
        this.add(describeRefused(input, raw, what), code, hint);
    }
    miss(input, text, code = 'invalid-input', hint) {
        if (!this.#inputs.has(input))
            this.add(text, code, hint);
    }
    hasRefused(input) {
        return this.#inputs.has(input);
    }
    get isEmpty() {
        return this.#found.length === 0;
    }
    throwIfAny() {
        const [first, ...others] = this.#found;
        if (first === undefined)
            return;
        if (others.length === 0)
            throw new Failure(first.code, first.text, first.hint);
        const list = this.#found.map(({ text, hint = '' }) => `- ${text} ${hint}`.trimEnd()).join('\n');
        throw new Failure('invalid-input', `The inputs have ${this.#found.length} problems:\n${list}`);
    }
}
function secretText(raw, form) {
    if (raw.trim() === '')
        return undefined;
    if (form === 'text')
        return { value: trimInvisible(raw), dropped: [] };
    const withoutMark = raw.replace(/^\ufeff+/, '');
    const withoutBreaks = trimLineBreaks(withoutMark);
    const value = form === 'password' ? withoutBreaks : withoutBreaks.trim();
    const dropped = [
        ...(withoutMark === raw ? [] : ['a byte order mark (U+FEFF) at its start']),
        ...(withoutBreaks === withoutMark ? [] : ['a line break at its end']),
        ...(value === withoutBreaks ? [] : ['white space around it']),
    ];
    return { value, dropped };
}
function booleanValue(name, raw, byDefault, problems) {
    const text = raw.trim().toLowerCase();
    if (text === '')
        return byDefault;
    if (text !== 'true' && text !== 'false')
        problems.refuse(name, raw, `must be true or false${notWord(raw)}`);
    return text === 'true';
}
function choiceValue(name, raw, choices, problems) {
    const text = raw.trim();
    const found = choices.find((choice) => choice === text);
    if (found === undefined && text !== '') {
        problems.refuse(name, raw, `must be one of ${choices.join(', ')}${notWord(raw)}`);
    }
    return found ?? choices[0];
}
function secondsValue(name, raw, byDefault, problems) {
    const text = raw.trim();
    if (text === '')
        return byDefault * 1000;
    if (/^\d{1,5}$/.test(text))
        return Number(text) * 1000;
    problems.refuse(name, raw, 'must be a whole number of seconds from 0 to 99999, without a unit');
    return byDefault * 1000;
}
const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const values_MAX_LIFETIME_MS = 36_525 * UNITS_MS.d;
function lifetimeValue(name, raw, problems) {
    const text = raw.trim();
    if (text === '')
        return undefined;
    const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    const ms = Number(count) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNITS_MS[unit] : 0);
    if (ms > 0 && ms <= values_MAX_LIFETIME_MS)
        return ms;
    problems.refuse(name, raw, 'must be a length of time such as 90s, 15m, 12h or 30d, and not 0');
    return undefined;
}
function notWord(raw) {
    const text = raw.trim();
    return /^[a-z]{1,10}$/.test(text) ? `, not “${text}”` : '';
}
const DEFAULT_MAX_WAIT_SECONDS = 120;
function isBlank(inputs, name) {
    return inputs.input(name).trim() === '';
}
function readAllowHttp(inputs, problems) {
    return booleanValue('allow-http', inputs.input('allow-http'), false, problems);
}
function readMaxWait(inputs, problems) {
    return secondsValue('max-wait', inputs.input('max-wait'), DEFAULT_MAX_WAIT_SECONDS, problems);
}
function readHomeserver(inputs, user, allowHttp, problems) {
    const raw = inputs.input('homeserver');
    if (raw.trim() !== '') {
        const address = parseHomeserver(raw.trim(), allowHttp);
        if (!('problem' in address))
            return address;
        problems.refuse('homeserver', raw, address.problem, address.insecure ? 'insecure-url' : 'invalid-input');
        return undefined;
    }
    if (user === 'no-such-input') {
        problems.miss('homeserver', MISSING);
        return undefined;
    }
    if (user?.kind === 'user-id')
        return { kind: 'server-name', serverName: user.serverName };
    if (problems.hasRefused('user'))
        return undefined;
    problems.miss('homeserver', MISSING_WITH_USER);
    return undefined;
}
const MISSING = '`homeserver` is missing: set it to the server name (example.org) or the base URL (https://matrix.example.org).';
const MISSING_WITH_USER = '`homeserver` is missing, and `user` names no server: set `homeserver`, or set `user` to @name:example.org.';
function checkToken(input, token, problems, code = 'token-invalid') {
    if (token === '' || isToken(token))
        return;
    if (/^bearer\s/i.test(token)) {
        problems.refuse(input, token, 'begins with `Bearer`, which is not part of the token; it was not sent', code);
    }
    problems.refuse(input, token, 'holds white space or characters that no token has; it was not sent', code);
}

;// CONCATENATED MODULE: ./build/parts/core/inputs/screen.js



const MIN_CONTAINED = 8;
const MIN_CONTAINED_IN_NAME = 12;
function screenInputs(action, source, problems) {
    const names = DECLARED_INPUTS[action];
    const secrets = names.flatMap((name) => takeSecret(name, source));
    for (const secret of secrets)
        refuseForeignToken(secret, problems);
    warnAboutUnknownInputs(source, names);
    const texts = new Map();
    for (const name of names) {
        if (INPUT_FORMS[name] === 'text')
            texts.set(name, takeText(name, secrets, source, problems));
    }
    return {
        input: (name) => texts.get(name) ?? source.input(name),
        environment: (name) => source.environment(name),
        inputNames: () => source.inputNames(),
    };
}
function maskSecretInputs(source, names) {
    for (const name of names) {
        const form = INPUT_FORMS[name];
        const secret = form === 'password' || form === 'token' ? secretText(source.input(name), form) : undefined;
        if (secret !== undefined)
            source.mask(secret.value);
    }
}
function takeSecret(name, source) {
    const form = INPUT_FORMS[name];
    const secret = form === 'password' || form === 'token' ? secretText(source.input(name), form) : undefined;
    if (secret === undefined)
        return [];
    source.mask(secret.value);
    const { value, dropped } = secret;
    if (dropped.length > 0) {
        source.warning(`\`${name}\` has ${dropped.join(', and ')}, which is left out. Store the secret without it: ` +
            'printf %s "$VALUE" | gh secret set NAME');
    }
    const unusual = unusualCharacters(value);
    if (unusual.length > 0) {
        source.warning(`\`${name}\` has ${unusual.join(', and ')}. It is used as it is; is that part of the secret?`);
    }
    return [{ name, value }];
}
function refuseForeignToken({ name, value }, problems) {
    if (INPUT_FORMS[name] !== 'token')
        return;
    const wanted = name === 'store-token' ? 'forge' : 'matrix';
    const found = findToken(value);
    if (found === undefined || found.issuer === 'any' || found.issuer === wanted)
        return;
    problems.refuse(name, value, `holds what looks like ${found.description}; it was not sent`);
}
function takeText(name, secrets, source, problems) {
    const raw = source.input(name);
    if (raw === '')
        return '';
    const text = trimInvisible(raw);
    const token = findToken(text);
    const secret = secrets.find(({ value }) => screen_linesOf(value).some((line) => holds(name, text, line)));
    if (token !== undefined)
        source.mask(token.match);
    if (token === undefined && secret === undefined) {
        if (isInvisiblyWrapped(raw))
            source.warning(`\`${name}\` has invisible characters around it, which are left out.`);
        if (name === 'user')
            warnAboutUser(text, source);
        return text;
    }
    const what = secret === undefined ? `what looks like ${token?.description}` : `the value of \`${secret.name}\``;
    problems.refuse(name, raw, `holds ${what}; nothing was sent`, 'invalid-input', MISPLACED);
    return '';
}
const MISPLACED = 'Is a secret in the wrong input? If the log of an earlier run shows it, replace it.';
function screen_linesOf(secret) {
    const lines = secret.split(/[\r\n]+/).filter((line) => line.length >= MIN_CONTAINED);
    return [secret, ...lines];
}
function holds(name, text, secret) {
    const [folded, part] = [text.toLowerCase(), secret.trim().toLowerCase()];
    const isNamedAfterUser = name === 'user' || name === 'device-name';
    if (folded === part)
        return !isNamedAfterUser || part.length >= MIN_CONTAINED;
    return part.length >= (isNamedAfterUser ? MIN_CONTAINED_IN_NAME : MIN_CONTAINED) && folded.includes(part);
}
function warnAboutUser(text, source) {
    const unusual = unusualCharacters(text);
    if (unusual.length > 0)
        source.warning(`\`user\` has ${unusual.join(', and ')}. Is that part of the name?`);
}
const OTHER_NAMES = new Map([
    ['homeserver-url', ['homeserver']],
    ['matrix-homeserver', ['homeserver']],
    ['base-url', ['homeserver']],
    ['host', ['homeserver']],
    ['server', ['homeserver']],
    ['server-name', ['homeserver']],
    ['url', ['homeserver']],
    ['login', ['user']],
    ['mxid', ['user']],
    ['user-id', ['user']],
    ['username', ['user']],
    ['matrix-user', ['user']],
    ['pass', ['password']],
    ['pwd', ['password']],
    ['matrix-password', ['password']],
    ['token', ['access-token', 'current-token']],
    ['matrix-token', ['access-token', 'current-token']],
    ['github-token', ['store-token']],
    ['passphrase', ['seal-passphrase']],
    ['seal-passphrase', ['passphrase']],
]);
const PLAIN_NAME = /^[a-z0-9_-]{1,40}$/;
function warnAboutUnknownInputs(source, declared) {
    for (const name of source.inputNames()) {
        const meant = PLAIN_NAME.test(name) ? meantInput(name, declared) : undefined;
        if (meant === undefined || (OTHER_NAMES.has(name) && source.input(meant).trim() !== ''))
            continue;
        const form = INPUT_FORMS[meant];
        const value = source.input(name).trim();
        if (value !== '' && (form === 'password' || form === 'token'))
            source.mask(value);
        source.warning(`\`${name}\` is not an input of this action and is ignored. Did you mean \`${meant}\`?`);
    }
}
function meantInput(name, declared) {
    if (declared.some((each) => each === name))
        return undefined;
    const written = name.replaceAll('_', '-');
    const known = (OTHER_NAMES.get(written) ?? []).find((each) => declared.includes(each));
    if (known !== undefined)
        return known;
    const bare = (text) => text.replaceAll('-', '');
    const [nearest] = declared
        .map((each) => ({ each, distance: editDistance(bare(written), bare(each)) }))
        .sort((a, b) => a.distance - b.distance);
    const limit = Math.min(3, Math.floor(bare(written).length / 3));
    return nearest !== undefined && nearest.distance <= limit ? nearest.each : undefined;
}
function editDistance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (const [line, left] of [...a].entries()) {
        const next = [line + 1];
        for (const [column, right] of [...b].entries()) {
            const replaced = (row[column] ?? 0) + (left === right ? 0 : 1);
            next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}

;// CONCATENATED MODULE: ./build/parts/core/inputs/missing-credentials.js

function missingSecretsCause(runner) {
    if (runner.environment('GITHUB_ACTOR') === 'dependabot[bot]')
        return 'dependabot';
    return isForkedPullRequest(runner) ? 'fork' : 'unknown';
}
function isForkedPullRequest(runner) {
    if (!/^pull_request(_review|_review_comment)?$/.test(runner.environment('GITHUB_EVENT_NAME') ?? ''))
        return false;
    const pullRequest = runner.event().pull_request;
    if (!isJsonObject(pullRequest))
        return false;
    const head = repositoryOf(pullRequest.head);
    const base = repositoryOf(pullRequest.base) ?? runner.environment('GITHUB_REPOSITORY');
    return head === undefined || head !== base;
}
function repositoryOf(side) {
    const repository = isJsonObject(side) ? side.repo : undefined;
    const name = isJsonObject(repository) ? repository.full_name : undefined;
    return typeof name === 'string' ? name : undefined;
}
function explainMissingSecrets(cause, names) {
    const text = `No credential is set (${names.map((name) => `\`${name}\``).join(', ')}).`;
    switch (cause) {
        case 'fork':
            return {
                text: `${text} This is a pull request from a fork: GitHub gives such runs no secrets.`,
                hint: "Set `if-no-credentials: skip` and run the steps that need the token only `if: steps.….outputs.authenticated == 'true'`.",
            };
        case 'dependabot':
            return {
                text: `${text} Dependabot triggered this run: it gets its secrets from the Dependabot store only.`,
                hint: 'Add the secret under Settings → Secrets and variables → Dependabot, or set `if-no-credentials: skip`.',
            };
        case 'unknown':
            return {
                text: `${text} A secret that does not exist is an empty string.`,
                hint: 'Check the spelling after `secrets.`, that the secret exists in this repository or environment, and that the job names its `environment`.',
            };
    }
}

;// CONCATENATED MODULE: ./build/parts/core/inputs/session.js




function maskSecretVariables(inputs, kinds, masks) {
    for (const kind of kinds.filter((each) => isSet(inputs, each))) {
        for (const name of kind.secretVariables ?? []) {
            const value = inputs.environment(name) ?? '';
            if (value !== '')
                masks.mask(value);
        }
    }
}
function readCredential(inputs, kinds, cause, problems) {
    const [kind, ...others] = kinds.filter((each) => isSet(inputs, each));
    if (kind === undefined)
        return 'none';
    if (others.length > 0) {
        const names = [kind, ...others].map(({ input }) => input);
        problems.add(`Only one credential may be set, but there are ${names.length}: ${inputList(names, ', ')}.`);
        return undefined;
    }
    const reader = readerFor(inputs, kind, problems);
    const chosen = { kind, user: kind.needsUser(reader) };
    const incomplete = kind.incomplete?.(reader);
    if (incomplete === undefined) {
        if (kind.form === 'token')
            checkToken(kind.input, reader.secret, problems);
        return { ...chosen, credential: kind.read(reader) };
    }
    if (cause !== 'unknown' && !isSecretSet(inputs, kind))
        return 'none';
    problems.add(incomplete.text, incomplete.code, incomplete.hint);
    return { ...chosen, credential: undefined };
}
function reportForeignOptions(inputs, kinds, chosen, problems) {
    const known = new Set(chosen.options ?? []);
    for (const option of new Set(kinds.flatMap(({ options = [] }) => options))) {
        if (known.has(option) || inputs.input(option).trim() === '')
            continue;
        const owners = kinds.filter(({ options = [] }) => options.includes(option)).map(({ input }) => input);
        problems.add(`\`${option}\` goes with ${inputList(owners, ' and ')} only, not with \`${chosen.input}\`.`);
    }
}
function inputList(names, separator) {
    return names.map((name) => `\`${name}\``).join(separator);
}
function secretInputsOf(kind) {
    return [kind, ...(kind.companions ?? []).map((input) => ({ input, form: 'token' }))];
}
function isSet(inputs, kind) {
    return secretInputsOf(kind).some(({ input }) => inputs.input(input).trim() !== '');
}
function isSecretSet(inputs, kind) {
    return secretInputsOf(kind).some(({ input, form }) => form !== 'text' && inputs.input(input).trim() !== '');
}
function readerFor(inputs, kind, problems) {
    const forms = new Map(secretInputsOf(kind).map(({ input, form }) => [input, form]));
    const value = (input) => {
        const form = forms.get(input);
        return form === undefined ? '' : (secretText(inputs.input(input), form)?.value ?? '');
    };
    return {
        secret: value(kind.input),
        companion: value,
        text: (name) => inputs.input(name).trim(),
        environment: (name) => inputs.environment(name) ?? '',
        validForMs: lifetimeValue('valid-for', inputs.input('valid-for'), problems),
    };
}
function readSessionInputs(source, inputs, kinds, problems, readExtra) {
    maskSecretVariables(inputs, kinds, source);
    const cause = missingSecretsCause(source);
    const names = kinds.map(({ input }) => input);
    const missing = explainMissingSecrets(cause, names);
    const found = readCredential(inputs, kinds, cause, problems);
    const chosen = found === 'none' ? undefined : found;
    const user = readUser(inputs, chosen, problems);
    if (chosen !== undefined)
        reportForeignOptions(inputs, kinds, chosen.kind, problems);
    const options = readOptions(inputs, problems);
    const extra = readExtra(chosen?.kind);
    const skip = choiceValue('if-no-credentials', inputs.input('if-no-credentials'), ['fail', 'skip'], problems) === 'skip';
    if (found === 'none' && skip && problems.isEmpty)
        return { skipped: `${missing.text} ${missing.hint}` };
    const homeserver = readHomeserver(inputs, user, options.allowHttp, problems);
    if (found === 'none' && !names.some((name) => problems.hasRefused(name))) {
        problems.add(missing.text, 'missing-credentials', missing.hint);
    }
    problems.throwIfAny();
    if (chosen?.credential === undefined || homeserver === undefined)
        throw new Error('invalid inputs were not reported');
    const suspects = { ...suspectSecret(inputs, chosen.kind), user, homeserver };
    const { credential } = chosen;
    const hintsFor = async (code) => (await Promise.resolve().then(() => require('./explain.js'))).hintsFor(code, suspects);
    return { homeserver, user, credential, hintsFor, ...options, ...extra };
}
function suspectSecret(inputs, { input, form }) {
    return { input, secret: form === 'text' ? '' : (secretText(inputs.input(input), form)?.value ?? '') };
}
function readUser(inputs, chosen, problems) {
    const raw = inputs.input('user');
    if (raw.trim() === '') {
        if (chosen !== undefined && chosen.user !== 'none') {
            problems.miss('user', `\`user\` is missing: \`${chosen.kind.input}\` needs one.`);
        }
        return undefined;
    }
    const user = parseUser(raw.trim());
    const problem = 'problem' in user ? user.problem : chosen === undefined ? undefined : unfit(user, chosen);
    if (problem !== undefined)
        problems.refuse('user', raw, problem);
    return 'problem' in user || problem !== undefined ? undefined : user;
}
function unfit(user, { kind: { input }, user: demand }) {
    if (demand === 'user-id' && user.kind !== 'user-id') {
        return `is not a user ID: \`${input}\` needs the whole of it, @name:example.org, exactly as the server has it`;
    }
    if (demand === 'name' && !('localpart' in user)) {
        return `is not a user ID: \`${input}\` needs @name:example.org, or name`;
    }
    return undefined;
}
const WHITE_SPACE = lazyPattern('[\\s\\p{Cc}]', 'u');
function readOptions(inputs, problems) {
    const deviceId = inputs.input('device-id').trim();
    if (deviceId !== '' && WHITE_SPACE().test(deviceId))
        problems.refuse('device-id', deviceId, 'has white space in it');
    return {
        deviceId,
        deviceName: inputs.input('device-name').trim(),
        maxWaitMs: readMaxWait(inputs, problems),
        allowHttp: readAllowHttp(inputs, problems),
    };
}

;// CONCATENATED MODULE: ./build/parts/core/inputs/login.js





function readLoginInputs(source, kinds) {
    const problems = new Problems();
    const screened = screenInputs('login', source, problems);
    const inputs = screened;
    return readSessionInputs(source, screened, kinds, problems, (kind) => {
        const logout = readLogout(inputs, kind, problems);
        return {
            logout,
            jobMatrix: inputs.input('job-matrix'),
            ...readMaxAge(inputs, kind, problems),
            ...readDelivery(inputs, source, logout, problems),
        };
    });
}
function readLogout(inputs, kind, problems) {
    const logout = choiceValue('logout', inputs.input('logout'), LOGOUT_MODES, problems);
    if (kind !== undefined && !kind.logoutAllowed && logout !== 'never') {
        problems.add(`\`logout: ${logout}\` does not go with \`${kind.input}\`: the action ends only sessions that it opened.`);
    }
    return logout;
}
function readMaxAge(inputs, kind, problems) {
    const maxAgeMs = lifetimeValue('max-age', inputs.input('max-age'), problems);
    if (maxAgeMs === undefined)
        return {};
    if (kind !== undefined && kind.input !== 'access-token') {
        problems.add(`\`max-age\` goes with \`access-token\` only, not with \`${kind.input}\`.`);
    }
    return { maxAgeMs };
}
const MIN_PASSPHRASE = 16;
const GOOD_PASSPHRASE = 24;
function readDelivery(inputs, log, logout, problems) {
    return {
        exportEnv: readExportEnv(inputs, problems),
        credentialsFile: readCredentialsFile(inputs, problems),
        sealPassphrase: readSealPassphrase(inputs, log, logout, problems),
    };
}
function readExportEnv(inputs, problems) {
    const wanted = booleanValue('export-env', inputs.input('export-env'), false, problems);
    if (wanted && (inputs.environment('GITHUB_ENV') ?? '') === '') {
        problems.add('`export-env` needs the variable GITHUB_ENV, which this runner does not set.');
    }
    return wanted;
}
function readCredentialsFile(inputs, problems) {
    const file = inputs.input('credentials-file').trim();
    if (/[\0-\x1f\x7f]/.test(file))
        problems.refuse('credentials-file', file, 'has a line break or control character in it');
    if (file === '' || (0,external_node_path_namespaceObject.isAbsolute)(file))
        return file;
    const temp = inputs.environment('RUNNER_TEMP') ?? '';
    if (temp === '') {
        problems.add('`credentials-file` is relative to RUNNER_TEMP, which is not set: give an absolute path.');
    }
    return (0,external_node_path_namespaceObject.join)(temp, file);
}
function readSealPassphrase(inputs, log, logout, problems) {
    const passphrase = secretText(inputs.input('seal-passphrase'), 'password');
    if (passphrase === undefined)
        return '';
    const { length } = [...passphrase.value];
    if (length < MIN_PASSPHRASE) {
        problems.add(`\`seal-passphrase\` has ${length} characters, fewer than ${MIN_PASSPHRASE}. Make one: openssl rand -base64 32`);
    }
    else if (length < GOOD_PASSPHRASE) {
        log.warning('`seal-passphrase` is short: anyone who can read this run can try to guess it offline. Make a better one: ' +
            'openssl rand -base64 32');
    }
    if (logout === 'always') {
        problems.add('`seal-passphrase` does not go with `logout: always`: the token would be revoked before the next job starts.');
    }
    return passphrase.value;
}

;// CONCATENATED MODULE: ./build/parts/core/session/attempt.js







async function issueSession(attempt) {
    const { credential, context } = attempt;
    const source = await credential.requestTokens(context).catch(async (error) => {
        throw await explained(error, attempt);
    });
    if ('given' in source)
        return { accessToken: source.given, teardown: LOGOUT };
    const { answer, request } = await sendRequest(source, attempt);
    return takeSession(request, answer, attempt);
}
async function sendRequest(request, attempt) {
    const { credential, recorder } = attempt;
    if (credential.opensSession)
        recorder.update({ phase: 'sent' });
    try {
        return { answer: await request.send(), request };
    }
    catch (error) {
        if (!isAnswerLost(error) && recorder.phase === 'sent')
            recorder.end();
        const isRefusal = error instanceof ApiError && error.problem.kind === 'refused';
        const other = isRefusal && !isAnswerLost(error) ? await request.alternative?.(error) : undefined;
        if (other !== undefined)
            return sendRequest(other, attempt);
        throw await withLostAnswer(await explained(error, attempt, request), error, attempt);
    }
}
async function takeSession(request, answer, attempt) {
    const { credential } = attempt;
    const holder = (request.tokensAt ?? []).reduce(objectMember, answer);
    const tokens = readTokens(holder, request);
    if (tokens !== undefined)
        refuseGivenToken(tokens, attempt);
    const named = credential.device === 'login' ? textMember(answer, 'device_id') : undefined;
    const described = describeSession(tokens, request, answer);
    const session = described === undefined || named === undefined ? described : { ...described, deviceId: named };
    const isElsewhere = session?.teardown.kind === 'logout' && !isOnRequestedDevice(named, attempt);
    try {
        if (tokens !== undefined)
            save(tokens, session, attempt, phaseOf(attempt, isElsewhere));
        if (tokens === undefined)
            throw odd('it has no usable access_token', attempt);
        if (hasInvalidToken(holder, 'refresh_token'))
            throw odd('its refresh_token is not a usable token', attempt);
        const facts = request.read(answer);
        if (session === undefined)
            throw odd('it does not say how the session is ended', attempt);
        return { ...session, ...readFacts(facts, attempt) };
    }
    catch (error) {
        if (isElsewhere)
            await nameLost(session, attempt);
        else
            await abandon(session, attempt);
        throw error;
    }
}
function refuseGivenToken({ accessToken }, attempt) {
    const { credential, tokensInUse = [], recorder } = attempt;
    const given = [...(credential.accessTokens ?? []), ...tokensInUse];
    if (!given.some((token) => token.reveal() === accessToken.reveal()))
        return;
    recorder.end();
    throw odd('its access_token is not new: it was given to this step', attempt);
}
async function abandon(session, attempt) {
    const { endOrName } = await Promise.resolve().then(() => require('./logout-main.js'));
    if (session !== undefined)
        await endOrName(session, attempt);
    else
        await nameLost(session, attempt);
}
async function nameLost(session, attempt) {
    if (!attempt.credential.opensSession)
        return;
    const { nameSession } = await Promise.resolve().then(() => require('./logout-main.js'));
    nameSession(attempt, session);
}
function readTokens(holder, { held }) {
    const accessToken = secretMember(holder, 'access_token');
    const refreshToken = secretMember(holder, 'refresh_token');
    if (accessToken === undefined)
        return undefined;
    if (refreshToken !== undefined)
        return { accessToken, refreshToken };
    return { accessToken, ...(held === undefined ? {} : { held }) };
}
function describeSession(tokens, { teardown, adminClient }, answer) {
    const found = teardown(answer);
    if (tokens === undefined || found === undefined)
        return undefined;
    return { ...tokens, teardown: found, ...(adminClient === undefined ? {} : { adminClient }) };
}
function phaseOf({ credential, context }, isElsewhere) {
    const isUnverified = !credential.opensSession && context.user !== undefined;
    return isElsewhere || isUnverified ? 'ended' : 'open';
}
function save(tokens, session, attempt, phase) {
    const { recorder, onIssued } = attempt;
    const { accessToken, held, refreshToken = held } = tokens;
    try {
        const { teardown, adminClient } = session ?? {};
        const change = teardown === undefined ? {} : { phase, teardown, proof: proofOf(teardown, adminClient) };
        if (phase === 'ended')
            recorder.update(change);
        if (!recorder.saveTokens(accessToken.reveal(), refreshToken?.reveal(), change))
            throw odd('its tokens are too long', attempt);
        recorder.update(change);
    }
    finally {
        onIssued?.(tokens);
    }
}
function readFacts({ userId, deviceId, expiresAt }, { log }) {
    if (expiresAt === 'malformed')
        log.warning(ODD_LIFETIME);
    return {
        ...(userId === undefined ? {} : { userId: new ServerText(userId) }),
        ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
        ...(typeof expiresAt === 'number' ? { expiresAt } : {}),
    };
}
const ODD_LIFETIME = 'The server names a lifetime of the token that is not usable. `expires-at` stays empty.';
function odd(what, { context }) {
    return malformed(what, { server: context.client.baseUrl, operation: LOG_IN }, { answerLost: true });
}
async function withLostAnswer(explanation, error, attempt) {
    const remains = isAnswerLost(error) ? afterLostAnswer(error, attempt) : undefined;
    if (remains === undefined || explanation instanceof Failure)
        return explanation;
    const { explain } = await Promise.resolve().then(() => require('./explain.js'));
    const { code, message, hint } = explain(explanation, attempt.context.now());
    return new Failure(code, `${message} ${remains}`, hint, { cause: error });
}
function afterLostAnswer(error, { credential, recorder }) {
    const isUnreadable = error instanceof ApiError && error.problem.kind === 'malformed';
    const { user, deviceId, logout } = recorder.record;
    if (credential.afterLostAnswer !== undefined || !isUnreadable || logout !== 'never' || !credential.opensSession)
        return credential.afterLostAnswer;
    const owner = user === '' ? 'the account' : user;
    return `A session of ${owner} on device ${deviceId} may remain: end it in the list of sessions if it is there.`;
}
function isAnswerLost(error) {
    if (error instanceof Error && 'answerLost' in error)
        return error.answerLost === true;
    return error instanceof Failure ? error.cause !== undefined && isAnswerLost(error.cause) : true;
}

;// CONCATENATED MODULE: ./build/parts/core/session/connect.js


const FOUND = { input: '', 'well-known': ' (found through .well-known)', 'server-name': ' (no .well-known there)' };
async function connect(ports, { homeserver, maxWaitMs, allowHttp }, api = withWaitBudget(ports, maxWaitMs)) {
    const { baseUrl, from } = await findBaseUrl(homeserver, api, allowHttp);
    ports.log.info(`Homeserver: ${baseUrl}${FOUND[from]}`);
    return new MatrixClient(baseUrl, api);
}
async function findBaseUrl(address, api, allowHttp) {
    if (address.kind === 'base-url')
        return { baseUrl: address.url, from: 'input' };
    const { discover } = await Promise.resolve().then(() => require('./discovery.js'));
    return discover(address.serverName, api, allowHttp);
}
function withWaitBudget({ transport, clock, random, log, masks }, maxWaitMs, timeLeft) {
    return {
        transport,
        clock,
        random: random.fraction,
        budget: new WaitBudget(maxWaitMs, timeLeft),
        onRetry: (reason, waitMs) => sayRetry(log, reason, waitMs, clock.now() + waitMs),
        mask: (secret) => masks.mask(secret),
    };
}
const LONG_WAIT_MS = 10_000;
function sayRetry(log, reason, waitMs, at) {
    const seconds = (waitMs / 1000).toFixed(1);
    if (waitMs <= LONG_WAIT_MS)
        log.info(`Trying again in ${seconds} s: ${reason}.`);
    else
        log.notice(`Trying again in ${seconds} s, at ${new Date(at).toISOString().slice(11, 19)} UTC: ${reason}.`);
}
function withinTime(api, totalMs) {
    const { transport, clock } = api;
    const end = clock.now() + totalMs;
    return {
        ...api,
        transport: (request) => transport({ ...request, deadlineMs: Math.max(1, Math.min(request.deadlineMs, end - clock.now())) }),
    };
}
function withDeadline(ports, totalMs) {
    const deadline = ports.clock.now() + totalMs;
    return withWaitBudget(ports, totalMs, () => deadline - ports.clock.now());
}

;// CONCATENATED MODULE: ./build/parts/core/session/device-id.js


function readRunContext(inputs) {
    const variable = (name) => inputs.environment(name) ?? '';
    const workflowRef = variable('GITHUB_WORKFLOW_REF').split('@')[0] ?? '';
    const workflowName = variable('GITHUB_WORKFLOW');
    return {
        forge: forgeOf(variable('GITHUB_SERVER_URL')),
        repository: variable('GITHUB_REPOSITORY'),
        workflowFile: workflowRef === '' ? workflowName : workflowRef,
        workflowName,
        job: variable('GITHUB_JOB'),
        step: variable('GITHUB_ACTION'),
        branch: branchOf(variable('GITHUB_REF'), variable('GITHUB_EVENT_NAME')),
    };
}
function forgeOf(serverUrl) {
    const origin = URL.canParse(serverUrl) ? new URL(serverUrl).origin : serverUrl;
    return origin === 'https://github.com' ? '' : origin;
}
function branchOf(ref, eventName) {
    if (eventName.startsWith('pull_request') || ref.startsWith('refs/pull/'))
        return 'pull requests';
    if (eventName === 'merge_group' || ref.startsWith('refs/heads/gh-readonly-queue/'))
        return 'merge queue';
    if (ref.startsWith('refs/tags/'))
        return 'tags';
    return ref === '' || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 12;
const device_id_MAX_NAME_LENGTH = 90;
function stableDeviceId(homeserverUrl, context, matrix) {
    const { repository, workflowFile, job, step, branch, forge } = context;
    const parts = [homeserverUrl, repository, workflowFile, job, matrix, step, branch, ...forgePart(forge)];
    return format((0,external_node_crypto_namespaceObject.createHash)('sha256').update(JSON.stringify(parts)).digest());
}
function forgePart(forge) {
    return forge === '' ? [] : [forge];
}
function randomDeviceId(bytes, prefix = 'GHA') {
    return format(bytes(LENGTH), prefix);
}
function format(bytes, prefix = 'GHA') {
    return `${prefix}-${[...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('')}`;
}
function deviceDisplayName(given, { repository, workflowName, job }) {
    const parts = [repository, workflowName, job].filter((part) => part.trim() !== '');
    const described = parts.length === 0 ? '' : `: ${parts.join(' · ')}`;
    return fitDisplayName(given === '' ? `GitHub Actions${described}` : given);
}
const device_id_UNPRINTABLE = lazyPattern('[\\p{Cc}\\p{Zl}\\p{Zp}]+', 'gu');
function fitDisplayName(name) {
    const printable = isPlain(name) ? name : name.replace(device_id_UNPRINTABLE(), ' ').toWellFormed();
    return [...printable].slice(0, device_id_MAX_NAME_LENGTH).join('');
}
function canonicalMatrix(json) {
    const text = json.trim();
    try {
        const value = JSON.parse(text);
        const canonical = JSON.stringify(sortKeys(matrixIn(value)));
        return canonical === 'null' || canonical === '{}' ? '' : canonical;
    }
    catch {
        return text;
    }
}
function matrixIn(value) {
    if (typeof value !== 'object' || value === null || !('Matrix' in value) || Object.keys(value).length !== 1)
        return value;
    return typeof value.Matrix === 'object' ? value.Matrix : value;
}
function sortKeys(value) {
    if (Array.isArray(value))
        return value.map(sortKeys);
    if (typeof value !== 'object' || value === null)
        return value;
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]));
}

;// CONCATENATED MODULE: ./build/parts/core/actions/login.js










async function loginAction(ports) {
    const { runner } = ports;
    initializeState(runner);
    const inputs = readLoginInputs(runner, await credentialKinds('login', runner));
    if ('skipped' in inputs)
        return deliverSkipped(runner, inputs.skipped);
    const file = await createFile(ports, inputs);
    try {
        await logIn(ports, inputs, file);
    }
    catch (error) {
        const { withHints } = await Promise.resolve().then(() => require('./explain.js'));
        throw await withHints(error, inputs.hintsFor, ports.clock.now());
    }
}
async function createFile(ports, { credentialsFile }) {
    if (credentialsFile === '')
        return undefined;
    const { createCredentialsFile } = await Promise.resolve().then(() => require('./options.js'));
    return createCredentialsFile(ports.runner, await ports.files(), credentialsFile);
}
async function logIn(ports, inputs, file) {
    const client = await connect(ports, inputs);
    const attempt = prepareLogin(ports, inputs, client);
    const issued = await issueSession(attempt);
    try {
        await handOver(ports, inputs, issued, attempt, file);
    }
    catch (error) {
        if (error instanceof CommandFileError)
            await abandon(issued, attempt);
        throw error;
    }
}
async function handOver(ports, inputs, issued, attempt, file) {
    noteOwner(issued, attempt);
    await checkUser(issued.userId, issued, inputs, attempt);
    warnOfOtherDevice(issued, attempt);
    const session = await verify(issued, attempt);
    await checkUser(session.userId, session, inputs, attempt);
    if (!attempt.credential.opensSession && attempt.recorder.phase !== undefined)
        attempt.recorder.update({ phase: 'open' });
    const rotatedAt = attempt.credential.device === 'existing' ? await checkAge(session, inputs, ports) : undefined;
    if (inputs.logout === 'never')
        await endPrevious(session, attempt);
    await deliver(ports.runner, session, { ...inputs, rotatedAt }, file).catch(async (error) => {
        if (!(error instanceof CommandFileError))
            await abandon(session, attempt);
        throw error;
    });
}
async function checkAge(session, inputs, ports) {
    const { checkTokenAge } = await Promise.resolve().then(() => require('./given-token.js'));
    return checkTokenAge(session, inputs.maxAgeMs, ports.clock.now(), ports.runner);
}
async function verify(issued, attempt) {
    try {
        return await verifySession(issued, attempt);
    }
    catch (error) {
        if (attempt.recorder.record.logout === 'never')
            await abandon(issued, attempt);
        throw error;
    }
}
function noteOwner({ userId, deviceId }, { recorder }) {
    if (userId !== undefined && deviceId !== undefined)
        recorder.update({ user: `${userId}`, deviceId: `${deviceId}` });
}
async function checkUser(userId, issued, { user }, attempt) {
    if (userId === undefined || user === undefined || isSameUser(user, userId.raw))
        return;
    const message = `${attempt.context.client.baseUrl} says that this is ${userId}, not ${describeUser(user)}.`;
    if (!attempt.credential.opensSession) {
        if (attempt.recorder.phase !== undefined)
            attempt.recorder.end();
        throw new Failure('wrong-user', message);
    }
    const outcome = await endWrongUser(issued, attempt);
    throw new Failure('wrong-user', `${message} ${outcome}`);
}
async function endWrongUser(issued, attempt) {
    try {
        const { endIssued } = await Promise.resolve().then(() => require('./logout-main.js'));
        await endIssued(issued, attempt);
        attempt.recorder.end();
        return 'The session was ended again, and no output was set.';
    }
    catch {
        const device = issued.deviceId ?? attempt.context.device.deviceId;
        attempt.log.warning(`The session of ${issued.userId ?? 'this user'} on device ${device} could not be ended.`);
        return 'No output was set.';
    }
}
async function endPrevious(session, attempt) {
    const { previousSessions } = attempt.credential;
    if (typeof previousSessions !== 'function')
        return;
    const { endPreviousOnDevice } = await Promise.resolve().then(() => require('./logout-main.js'));
    await endPreviousOnDevice(session, attempt, previousSessions);
}
function prepareLogin(ports, inputs, client) {
    const { runner, random } = ports;
    const { credential, user, allowHttp, logout } = inputs;
    const run = readRunContext(runner);
    const matrix = canonicalMatrix(inputs.jobMatrix);
    const derived = () => logout === 'never' ? stableDeviceId(client.baseUrl, run, matrix) : randomDeviceId(random.bytes);
    const deviceId = inputs.deviceId === '' ? derived() : inputs.deviceId;
    logDevice(runner, inputs, deviceId, run);
    if (logout === 'on-failure' && isGitea(runner))
        runner.notice(FROZEN_STATUS);
    const recorder = new SessionRecorder(runner, {
        logout,
        homeserverUrl: client.baseUrl,
        deviceId: credential.device === 'existing' ? '' : deviceId,
        user: user === undefined ? '' : describeUser(user),
    });
    const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) };
    runner.info(`Logging in with ${credential.description}…`);
    return {
        credential,
        context: loginContext(ports, { client, allowHttp, user, device }),
        log: runner,
        recorder,
        ...(credential.singleUse ? { onIssued: (tokens) => setRefreshTokenOutput(runner, tokens) } : {}),
    };
}
function isGitea({ environment }) {
    return environment('GITEA_ACTIONS') === 'true' && environment('FORGEJO_ACTIONS') !== 'true';
}
const FROZEN_STATUS = 'The runner of Gitea does not evaluate the default of `job-status` again for the post step. Write it out, or the session ' +
    'is never ended (`logout: on-failure`): with: job-status: ${{ job.status }}';
function logDevice(log, { credential, logout, deviceId: given }, deviceId, { workflowFile }) {
    if (credential.device === 'existing') {
        if (given !== '')
            log.notice(`\`device-id\` has no effect: with ${credential.description} no device is chosen.`);
        return;
    }
    log.info(`Device: ${deviceId}`);
    if (logout === 'never') {
        if (given === '' && workflowFile === '')
            log.warning(UNNAMED_WORKFLOW);
        log.info(credential.device === 'login' ? STAYS : PERSONAL_STAYS);
    }
    else if (given !== '' && credential.device === 'login') {
        log.notice(`The session on device ${deviceId} ends after the job (\`logout: ${logout}\`), and Synapse and Tuwunel end every token ` +
            'of that device with it. Leave `device-id` out to end nothing but this session.');
    }
}
const UNNAMED_WORKFLOW = 'This runner names neither the file nor the name of the workflow, so workflows share one device here, and one login may ' +
    'end the token of another. Give the workflow a `name:`, or set `device-id`.';
const STAYS = 'The session stays (`logout: never`). Logging in on this device again ends the token of the run before on Matrix ' +
    'Authentication Service, Dendrite and the Conduit family; Synapse and Tuwunel keep every earlier token valid ' +
    'until a logout. Use `logout: always` if only this job needs the token, `rotate` if a deployment does, and a ' +
    'concurrency group if runs overlap.';
const PERSONAL_STAYS = 'The session stays (`logout: never`), and earlier personal access tokens on this device are revoked. Use `logout: always` ' +
    'if only this job needs the token, `rotate` if a deployment does, and a concurrency group if runs overlap.';

;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = require("node:net");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = require("node:tls");
;// CONCATENATED MODULE: ./build/parts/core/http/connection.js


class ProxyError extends Error {
    status;
    code;
    constructor(status, code, options) {
        super('the proxy did not connect', options);
        this.name = 'ProxyError';
        this.status = status;
        this.code = code;
    }
}
const ADDRESS_TIMEOUT = { autoSelectFamilyAttemptTimeout: 3_000 };
class Connection {
    #url;
    #tunnel;
    #opened = [];
    #isOpen = false;
    #isNegotiated = false;
    constructor(url, tunnel) {
        this.#url = url;
        this.#tunnel = tunnel;
    }
    get isOpen() {
        return this.#isOpen;
    }
    get isNegotiated() {
        return this.#isNegotiated;
    }
    async start() {
        const tunnel = await this.#tunnel?.(`${this.#url.hostname}:${this.#port}`, (opened) => this.#keep(opened));
        if (this.#url.protocol === 'https:')
            return this.#startTls(tunnel);
        if (tunnel !== undefined) {
            this.#isOpen = true;
            return tunnel;
        }
        const socket = this.#keep((0,external_node_net_namespaceObject.connect)({ host: this.#host, port: this.#port, ...ADDRESS_TIMEOUT }));
        return socket.once('connect', () => {
            this.#isOpen = true;
        });
    }
    close() {
        for (const opened of this.#opened)
            opened.destroy();
    }
    get #host() {
        return this.#url.hostname.replace(/^\[(.*)\]$/, '$1');
    }
    get #port() {
        const { port, protocol } = this.#url;
        return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
    }
    #startTls(tunnel) {
        const socket = this.#keep(openTls(this.#host, tunnel === undefined ? { port: this.#port } : { socket: tunnel }));
        socket.once('keylog', () => {
            this.#isNegotiated = true;
        });
        return socket.once('secureConnect', () => {
            this.#isOpen = true;
        });
    }
    #keep(opened) {
        this.#opened.push(opened);
        return opened;
    }
}
function openTls(host, carrier) {
    const options = { ...carrier, ...ADDRESS_TIMEOUT, host, rejectUnauthorized: true, ALPNProtocols: ['http/1.1'] };
    if ((0,external_node_net_namespaceObject.isIP)(host) === 0)
        return (0,external_node_tls_namespaceObject.connect)({ ...options, servername: host.replace(/\.$/, '') });
    if ((0,external_node_net_namespaceObject.isIP)(host) === 4)
        return (0,external_node_tls_namespaceObject.connect)(options);
    const checkServerIdentity = () => {
        const isNamed = socket.getPeerX509Certificate()?.checkIP(host) !== undefined;
        return isNamed ? undefined : Object.assign(new Error('wrong address'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    };
    const socket = (0,external_node_tls_namespaceObject.connect)({ ...options, checkServerIdentity });
    return socket;
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: external "http"
const external_http_namespaceObject = require("http");
;// CONCATENATED MODULE: external "https"
const external_https_namespaceObject = require("https");
;// CONCATENATED MODULE: ./build/node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
}
class HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
}
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./build/parts/core/http/toolkit-transport.js




function toolkitTransport(userAgent, environment) {
    return async (request) => {
        const url = new URL(request.url);
        const connection = new Connection(url, await findTunnel(url, environment));
        const deadline = startDeadline(request.deadlineMs);
        try {
            return await Promise.race([send(request, url, userAgent, connection), deadline.passed]);
        }
        catch (error) {
            if (error instanceof TransportError)
                throw error;
            const { isOpen, isNegotiated } = connection;
            const { classifyNetworkError } = await Promise.resolve().then(() => require('./explain.js'));
            throw classifyNetworkError(error, url.host, { isOpen, isNegotiated, deadlinePassed: error === DEADLINE_PASSED });
        }
        finally {
            deadline.stop();
            connection.close();
        }
    };
}
const DEADLINE_PASSED = new Error('deadline passed');
async function findTunnel(url, environment) {
    const settings = proxySettings(url, environment);
    if (settings === undefined)
        return undefined;
    const { proxyFor } = await Promise.resolve().then(() => require('./options.js'));
    const proxy = proxyFor(url, settings);
    if (proxy === undefined)
        return undefined;
    const { tunnelThrough } = await Promise.resolve().then(() => require('./options.js'));
    return tunnelThrough(proxy);
}
function proxySettings(url, environment) {
    const names = url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
    const variable = firstSet(names, environment);
    return variable && { ...variable, noProxy: firstSet(['no_proxy', 'NO_PROXY'], environment)?.value ?? '' };
}
function firstSet(names, environment) {
    return names.map((name) => ({ name, value: (environment(name) ?? '').trim() })).find(({ value }) => value !== '');
}
function startDeadline(ms) {
    let stop = () => { };
    const passed = new Promise((_resolve, reject) => {
        stop = startTimer(ms, () => reject(DEADLINE_PASSED));
    });
    return { passed, stop: () => stop() };
}
async function send(request, url, userAgent, connection) {
    const socket = await connection.start();
    const options = {
        method: request.method,
        host: url.hostname,
        path: url.pathname + url.search,
        headers: { ...request.headers, host: url.host, 'user-agent': userAgent },
        createConnection: () => socket,
    };
    const client = new HttpClient(undefined, [], { socketTimeout: 2 * request.deadlineMs });
    const info = { options, parsedUrl: url, httpModule: (external_node_http_default()) };
    const { message } = await client.requestRaw(info, request.body ?? null);
    const body = await readBody(message, url.host, request.maxBytes ?? MAX_BYTES);
    return { status: message.statusCode ?? 0, headers: flatten(message.headers), body };
}
function readBody(message, host, maxBytes) {
    return new Promise((resolve, reject) => {
        const chunks = [];
        let bytes = 0;
        message.on('data', (chunk) => {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes <= maxBytes)
                return;
            const text = `the answer is larger than ${maxBytes / MAX_BYTES} MiB`;
            reject(new TransportError('too-large', host, text, { requestSent: true }));
        });
        message.on('end', () => resolve(Buffer.concat(chunks)));
        message.on('error', reject);
        message.on('close', () => reject(new TransportError('truncated', host, TRUNCATED, { requestSent: true })));
    });
}
const TRUNCATED = 'the connection was cut in the middle of the answer';
function asUtf8(value) {
    if (!/[\x80-\xff]/.test(value))
        return value;
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
    }
    catch {
        return value;
    }
}
function flatten(headers) {
    const flat = {};
    for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined)
            flat[name] = asUtf8(Array.isArray(value) ? value.join(', ') : value);
    }
    return flat;
}

;// CONCATENATED MODULE: ./build/parts/core/runner/live.js


function liveClock() {
    const cancelled = new AbortController();
    process.on('SIGINT', () => cancelled.abort());
    return clockUntil(cancelled.signal);
}
function clockUntil(signal) {
    return { now: () => Date.now(), sleep: (ms) => sleepUnless(signal, ms) };
}
function sleepUnless(signal, ms) {
    return new Promise((resolve) => {
        if (signal.aborted)
            return resolve(false);
        const onAbort = () => {
            stop();
            resolve(false);
        };
        const stop = startTimer(ms, () => {
            signal.removeEventListener('abort', onAbort);
            resolve(true);
        });
        signal.addEventListener('abort', onAbort, { once: true });
    });
}
const liveRandom = {
    fraction: () => Math.random(),
    bytes: (count) => (0,external_node_crypto_namespaceObject.randomBytes)(count),
};

;// CONCATENATED MODULE: ./build/parts/core/version.js
const VERSION = '1.0.0';
const USER_AGENT = `matrix-access-token/${VERSION}`;
const PROJECT_URL = 'https://github.com/OWNER/matrix-access-token';
const HELP_URL = `${PROJECT_URL}/blob/main/docs/failures.md`;
const ISSUES_URL = `${PROJECT_URL}/issues`;

;// CONCATENATED MODULE: ./build/parts/core.js


































module.exports = __webpack_exports__;
/******/ })()
;