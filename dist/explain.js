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
  accountFailure: () => (accountFailure),
  askLoginFlows: () => (askLoginFlows),
  classifyNetworkError: () => (classifyNetworkError),
  describePortMistake: () => (describePortMistake),
  explain: () => (explain),
  explainLoginRefusal: () => (explainLoginRefusal),
  fetchLoginFlows: () => (fetchLoginFlows),
  fetchVersions: () => (fetchVersions),
  hasOAuth: () => (hasOAuth),
  hintsFor: () => (hintsFor),
  isAboutTheAccount: () => (isAboutTheAccount),
  isBeforeV1: () => (isBeforeV1),
  notOffered: () => (notOffered),
  refusal: () => (refusal),
  refusedNewToken: () => (refusedNewToken),
  refusedToken: () => (refusedToken),
  requireOwner: () => (requireOwner),
  suspicions: () => (suspicions),
  withHints: () => (withHints)
});

;// CONCATENATED MODULE: ./build/parts/explain/from-core.js
const { ApiError, Failure, ISSUES_URL, LOG_IN, MATRIX, NetworkError, ProxyError, ServerText, TransportError, WHOAMI, describeRefusal, describeUser, findToken, isJsonObject, isLoopback, isRefusedWith, isSameUser, isUnavailable, isUnrecognized, joinServerTexts, malformed, stringMember, unusualCharacters } = require('./core.js')

;// CONCATENATED MODULE: ./build/parts/explain/matrix/refusals.js




function refusal(error, code, hint) {
    return new Failure(code, describeRefusal(error), hint, { cause: error });
}
function requireOwner(userId, user) {
    if (user === undefined || isSameUser(user, userId.raw))
        return;
    throw new Failure('wrong-user', `The access token belongs to ${userId}, not to ${describeUser(user)}.`);
}
const SERVER_LIMIT = 'The server has reached a limit, such as its monthly active users, or its administrator blocks logins. The credential ' +
    'was not rejected: keep it, and ask the administrator of the server.';
const TERMS = 'Log in as this account with a client such as Element and accept the terms of the server.';
const SUSPENDED = 'The account is suspended. The credential was not rejected: ask the administrator of the server.';
const COMMON_ERRCODES = new Map([
    ['M_USER_DEACTIVATED', { code: 'account-deactivated' }],
    ['M_USER_LOCKED', { code: 'account-locked' }],
    ['M_USER_LIMIT_EXCEEDED', { code: 'device-limit' }],
    ['M_RESOURCE_LIMIT_EXCEEDED', { code: 'denied', hint: SERVER_LIMIT }],
    ['M_CONSENT_NOT_GIVEN', { code: 'denied', hint: TERMS }],
    ['M_USER_SUSPENDED', { code: 'denied', hint: SUSPENDED }],
]);
function accountFailure(error) {
    const { problem } = error;
    if (problem.kind !== 'refused')
        return undefined;
    const known = COMMON_ERRCODES.get(problem.errcode ?? '') ?? deviceLimit(problem.text);
    return known === undefined ? undefined : refusal(error, known.code, known.hint);
}
function deviceLimit(text) {
    return text !== undefined && /device limit/i.test(text.raw) ? { code: 'device-limit' } : undefined;
}
function refusedNewToken(error) {
    if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403))
        return undefined;
    const hint = 'The server issued this token a moment ago and rejects it. Its log or its administrator can tell why.';
    return accountFailure(error) ?? refusal(error, 'token-invalid', hint);
}
function refusedToken(error, input, hint) {
    if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403))
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    const message = `${describeRefusal(error)} It was given as \`${input}\`.`;
    return new Failure('token-invalid', message, hint, { cause: error });
}
const LIST_FLOWS = { phrase: 'say which logins it offers' };
async function isBeforeV1(client) {
    const versions = await fetchVersions(client);
    return versions !== undefined && !versions.some((version) => /^v\d/.test(version));
}
async function fetchVersions(client) {
    const answer = await client.askOnce('/_matrix/client/versions');
    const versions = answer?.versions;
    return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined;
}
async function fetchLoginFlows(client) {
    try {
        const flows = flowTypes(await client.send({ operation: LIST_FLOWS, method: 'GET', path: '/login' }));
        if (flows !== undefined)
            return flows;
        throw malformed('it has no flows', { server: client.baseUrl, operation: LIST_FLOWS });
    }
    catch (error) {
        if (isUnrecognized(error))
            return undefined;
        throw error;
    }
}
async function askLoginFlows(client) {
    const current = await client.askOnce('/_matrix/client/v3/login');
    if (current !== undefined)
        return flowTypes(current);
    const old = (await isBeforeV1(client)) ? await client.askOnce('/_matrix/client/r0/login') : undefined;
    return old === undefined ? undefined : flowTypes(old);
}
async function hasOAuth(client) {
    const answer = await client.askOnce('/_matrix/client/v1/auth_metadata');
    return answer !== undefined && stringMember(answer, 'issuer') !== undefined;
}
function flowTypes({ flows }) {
    if (!Array.isArray(flows))
        return undefined;
    return flows
        .map((flow) => (isJsonObject(flow) ? stringMember(flow, 'type') : undefined))
        .filter((type) => type !== undefined);
}

;// CONCATENATED MODULE: ./build/parts/explain/credentials/refusals.js





async function notOffered(error, client, hint) {
    const flows = await askLoginFlows(client);
    const offered = flows === undefined || flows.length === 0
        ? 'The server does not say what it offers instead.'
        : `The server offers: ${joinServerTexts(flows)}.`;
    return new Failure('method-unavailable', `${describeRefusal(error)} ${offered}`, hint, { cause: error });
}
async function explainLoginRefusal(error, flow, context, explainFor) {
    const { problem } = error;
    if (problem.kind !== 'refused')
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    if (error.operation === WHOAMI)
        return explainFor(undefined);
    if (error.operation !== LOG_IN)
        return undefined;
    const flows = await askLoginFlows(context.client);
    if (flows !== undefined && !flows.includes(flow))
        return flowUnavailable(error, flow, flows, context.client);
    if (isRefusedWith(error, 404, 'M_UNRECOGNIZED'))
        return flowUnavailable(error, flow, flows, context.client);
    return explainFor(flows) ?? (isAddress(context) ? refusal(error, 'denied', ADDRESS) : undefined);
}
async function flowUnavailable(error, flow, flows, client) {
    const offersOAuth = await hasOAuth(client);
    if (flows === undefined && !offersOAuth && (await fetchVersions(client)) === undefined) {
        const message = `${describeRefusal(error)} It does not answer /versions as a Matrix homeserver does.`;
        return new Failure('not-a-homeserver', message, undefined, { cause: error });
    }
    const offered = flows === undefined || flows.length === 0 ? 'no login of this kind at all' : joinServerTexts(flows);
    const message = `${describeRefusal(error)} The server does not offer ${flow}; it offers: ${offered}.`;
    return new Failure('method-unavailable', message, offersOAuth ? OAUTH_ONLY : undefined, { cause: error });
}
const OAUTH_ONLY = 'It offers OAuth 2.0 (next-generation authentication) instead. If passwords should work, its administrator must ' +
    'route /_matrix/client/*/login to the authentication service (on Continuwuity: compatibility_mode). Otherwise store an ' +
    '`access-token`.';
const ADDRESS = 'Many servers accept no e-mail address and no phone number here: set `user` to the user ID (@name:example.org).';
function isAddress({ user }) {
    return user?.kind === 'email' || user?.kind === 'phone';
}
const NOT_ABOUT_THE_PASSWORD = /denied by the policy|blocked by|does not permit password login/i;
function isAboutTheAccount({ problem }) {
    if (problem.kind !== 'refused')
        return false;
    const { status, errcode } = problem;
    const text = problem.text?.raw ?? '';
    if (NOT_ABOUT_THE_PASSWORD.test(text))
        return false;
    if (status === 403)
        return errcode === 'M_FORBIDDEN';
    if (status === 404)
        return errcode === 'M_NOT_FOUND';
    return errcode === 'M_INVALID_USERNAME' || /does not belong to this (home)?server/i.test(text);
}

;// CONCATENATED MODULE: ./build/parts/explain/failure-codes.js
const FAILURES = {
    'invalid-input': {
        when: 'Inputs are missing, contradict each other or are malformed. Nothing was sent.',
        remedy: 'Correct the inputs named above; nothing was sent.',
    },
    'missing-credentials': {
        when: 'No credential is set: a misspelt secret name, a pull request from a fork, or a run of Dependabot.',
        remedy: 'Set exactly one credential, or `if-no-credentials: skip`.',
    },
    'insecure-url': {
        when: 'The address of the homeserver begins with `http://` and is not on this machine.',
        remedy: 'Use https://. For a server on a private network, and only there, set `allow-http: true`.',
    },
    'not-a-homeserver': {
        when: 'The server is not a Matrix homeserver: a web page, a parking page, a proxy’s login page, a bad `.well-known`.',
        remedy: 'Give the base URL of the client API, for example https://matrix.example.org, as `homeserver`.',
    },
    redirected: {
        when: 'A request that carries a credential was answered with a redirect, which is never followed.',
        remedy: 'Give the address at the end of the redirect as `homeserver`, if you trust it.',
    },
    unreachable: {
        when: 'No complete answer: DNS, refused, reset, truncated or timed out, after all retries.',
        remedy: 'Check the address, the firewall and the proxy settings of the runner, and whether the server is up.',
    },
    tls: {
        when: 'The server’s certificate is not accepted, or there is no TLS at that port.',
        remedy: 'Install a complete certificate chain on the server; for a private authority set NODE_EXTRA_CA_CERTS.',
    },
    'rate-limited': {
        when: 'The server still limited requests when `max-wait` ran out. The message says when a retry can work.',
        remedy: 'Log in less often (rotate a stored token instead), spread the jobs out, or raise `max-wait`.',
    },
    'server-error': {
        when: 'The server failed (5xx after all retries), or returned 2xx with an incomplete body.',
        remedy: 'Look into the server’s log, or try again later.',
    },
    'wrong-credentials': {
        when: 'User or password refused, or the user is unknown there.',
        remedy: 'Check that the account exists on this server and that the secret holds its current password.',
    },
    'method-unavailable': {
        when: 'The server does not offer this kind of login. The message lists what it offers.',
        remedy: 'Use a kind of login that the server offers, or store a token and give it as `access-token`.',
    },
    'account-deactivated': {
        when: 'The server says that the account is deactivated. (To a password most servers answer as for a wrong one.)',
        remedy: 'Ask the administrator of the server to reactivate the account.',
    },
    'account-locked': {
        when: 'The server says that the account is locked.',
        remedy: 'Ask the administrator of the server to unlock the account.',
    },
    'device-limit': {
        when: 'The account has as many sessions as the server allows.',
        remedy: 'End sessions on the account page, or set `device-id` to one that exists, which takes no new place.',
    },
    'token-invalid': {
        when: 'The token that was given is unknown, expired or refused.',
        remedy: 'Store a new token, or let this action log in for each run.',
    },
    'wrong-user': {
        when: 'The server logged in another user than `user`, or the token belongs to another user.',
        remedy: 'Check which account the secret belongs to.',
    },
    'store-refused': {
        when: 'rotate: a target cannot be written, or no target took the new token. The message says what still works.',
        remedy: 'Correct what is said of each target above and run it again.',
    },
    'store-partial': {
        when: 'rotate: not every target took the new token, or an answer was lost. The message names what each target took.',
        remedy: 'Correct what is said of each target above and run it again.',
    },
    'token-too-old': {
        when: 'login with `max-age`: the stored token was rotated longer ago than that.',
        remedy: 'Run the workflow that rotates it. GitHub stops schedules after 60 days without a commit.',
    },
    'unsealing-failed': {
        when: 'unseal: wrong passphrase, damaged on its way, or from another run or repository.',
        remedy: 'Use the same secret for `seal-passphrase` and `passphrase`, in the same run.',
    },
    'no-device-keys': {
        when: 'verify: the device of the token has uploaded no encryption keys.',
        remedy: 'Start the bot with this token and its encryption switched on, then verify; raise `max-wait` if it starts slowly.',
    },
    'not-cross-signed': {
        when: 'verify: the account has no cross-signing identity, or secret storage does not hold its keys.',
        remedy: 'Set up recovery for the account in Element, or run the command `create-identity` (docs/command.md).',
    },
    'wrong-recovery-key': {
        when: 'verify: the recovery key is malformed, or it (or the passphrase) does not open the secret storage of the account.',
        remedy: 'Store the current recovery key of this account: Element → Settings → Encryption.',
    },
    'identity-mismatch': {
        when: 'verify: the given or stored keys are not the cross-signing identity that the server shows.',
        remedy: 'If the identity was reset, use the new recovery key. If it was not, ask the administrator of the server.',
    },
    'device-key-mismatch': {
        when: 'verify: the keys of the device are not the expected ones, not signed by the device itself, or already signed differently.',
        remedy: 'Log in on a device ID that was never used, start the bot on it, and verify that device.',
    },
    denied: {
        when: 'Any other refusal (4xx). The message has the server’s words.',
        remedy: 'Read the server’s words above; its administrator can say more.',
    },
    internal: {
        when: 'A bug in this action. The message asks for a report.',
        remedy: 'Please report it, without any token or password.',
    },
};

;// CONCATENATED MODULE: ./build/parts/explain/explain.js






function explain(error, now) {
    if (error instanceof Failure) {
        const { code, message, hint = FAILURES[code].remedy } = error;
        return { code, message, hint };
    }
    if (error instanceof NetworkError)
        return explainNoAnswer(error);
    if (error instanceof ApiError)
        return explainAnswer(error, now);
    return explainBug(error);
}
async function withHints(error, hintsFor, now) {
    const { code, message, hint } = explain(error, now);
    const more = await hintsFor(code);
    if (more.length === 0)
        return error;
    return new Failure(code, message, [hint, ...more].filter((text) => text !== '').join(' '), { cause: error });
}
function explainNoAnswer({ cause, tries }) {
    const code = codeFor(cause);
    const times = tries === 1 ? '' : `, after ${tries} tries`;
    const host = shown(new ServerText(cause.host), 'the server');
    const message = `No complete answer from ${host}: ${cause.message}${times}.`;
    return { code, message, hint: hintFor(cause) };
}
function shown(text, otherwise) {
    return `${text ?? ''}` || otherwise;
}
function codeFor({ problem }) {
    if (problem === 'certificate' || problem === 'tls-refused' || problem === 'not-tls')
        return 'tls';
    return problem === 'too-large' || problem === 'not-http' ? 'server-error' : 'unreachable';
}
function hintFor({ problem, host, detail }) {
    if (detail !== undefined)
        return TLS_HINTS[detail];
    switch (problem) {
        case 'dns':
            return `Check the spelling of ${shown(new ServerText(host), 'the server')}. For a server that only its own network knows, use a self-hosted runner there.`;
        case 'proxy':
            return 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the job, and whether the proxy may connect to that host.';
        case 'proxy-refused':
            return 'Check user and password in HTTPS_PROXY or HTTP_PROXY of the job, and whether the proxy allows this host.';
        case 'certificate':
            return FAILURES.tls.remedy;
        case 'tls-refused':
            return 'The log of the server, or of the proxy in front of it, says why it ended the TLS handshake.';
        case 'not-tls':
            return 'Is this the port that speaks TLS? A client API on this machine without TLS is, for example, http://localhost:8008.';
        case 'not-http':
            return 'Does HTTP answer at that port? If it does, the server or a proxy in front of it sends a header that is not allowed: one with a control character, two lengths, or more than 16 KiB.';
        case 'too-large':
            return FAILURES['server-error'].remedy;
        default:
            return FAILURES.unreachable.remedy;
    }
}
const TLS_HINTS = {
    expired: 'Renew the certificate on the server. If it is new, reload the server, and check the clock of the runner.',
    'not-yet-valid': 'Check the clock of the runner, and the start date of the certificate on the server.',
    'wrong-name': 'Check the spelling of the address. The certificate on the server must contain exactly this name.',
    'unknown-authority': 'Install the complete certificate chain on the server; for a private authority set NODE_EXTRA_CA_CERTS.',
    'client-certificate': 'This action has no client certificate. Exempt /_matrix from that check on the server.',
    'protocol-version': 'Enable TLS 1.2 or TLS 1.3 on the server.',
    'no-common-cipher': 'Enable a current cipher suite and key type on the server (TLS 1.2 or TLS 1.3).',
    'unknown-name': 'Check the spelling of the address. The server has no certificate for this name.',
};
function explainAnswer(error, now) {
    const code = codeOf(error);
    const { message, hint } = describeAnswer(error, now);
    return { code, message, hint: hint ?? FAILURES[code].remedy };
}
const CODES = {
    refused: 'denied',
    'rate-limited': 'rate-limited',
    'server-error': 'server-error',
    redirected: 'redirected',
    foreign: 'server-error',
    malformed: 'server-error',
};
function codeOf({ problem, dialect }) {
    return problem.kind === 'foreign' ? (dialect.foreign?.code ?? CODES.foreign) : CODES[problem.kind];
}
function describeAnswer(error, now) {
    const { problem, server, operation, dialect } = error;
    switch (problem.kind) {
        case 'rate-limited':
            return { message: `${describeRefusal(error)} ${retryTime(problem.retryAfterMs, now)}` };
        case 'server-error':
            return { message: describeRefusal(error, 'failed') };
        case 'redirected': {
            const target = shown(problem.location, 'an unnamed address');
            const message = `${server} was asked to ${operation.phrase} and answered ${problem.status}, a redirect to ${target}. It was not followed: it would pass the credential on.`;
            return dialect === MATRIX ? { message } : { message, hint: REDIRECTED_ELSEWHERE };
        }
        case 'foreign': {
            const evidence = shown(problem.evidence, '');
            const said = evidence === '' ? `${problem.status}` : `${problem.status}, ${evidence}`;
            const message = `${server} is not ${dialect.serverKind}: asked to ${operation.phrase}, it said ${said}.`;
            return dialect.foreign === undefined ? { message } : { message, hint: dialect.foreign.hint };
        }
        case 'malformed':
            return { message: `${server} said ${problem.status} when asked to ${operation.phrase}, but ${problem.what}.` };
        case 'refused':
            return { message: describeRefusal(error), ...(shown(problem.text, '') === '' ? { hint: NO_WORDS } : {}) };
    }
}
const NO_WORDS = 'The server gives no reason: its log or its administrator can say more.';
const REDIRECTED_ELSEWHERE = 'Correct the address in the configuration of that server.';
function retryTime(retryAfterMs, now) {
    if (retryAfterMs === undefined)
        return 'It did not say when to try again.';
    const at = new Date(now + retryAfterMs);
    if (Number.isNaN(at.getTime()))
        return 'The requested delay is out of range.';
    return `A retry can work from ${at.toISOString()} on (in ${Math.ceil(retryAfterMs / 1000)} s).`;
}
function explainBug(error) {
    const name = error instanceof Error ? error.name : typeof error;
    const frame = error instanceof Error ? /\n\s*at ([^\n]*)/.exec(error.stack ?? '')?.[1] : undefined;
    const where = frame === undefined ? '' : ` at ${new ServerText(frame)}`;
    return {
        code: 'internal',
        message: `This is a bug in the action: ${name}${where}.`,
        hint: `Please report it at ${ISSUES_URL}, without any token or password.`,
    };
}

;// CONCATENATED MODULE: ./build/parts/explain/http/network-errors.js



const DNS_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA'];
const UNREACHED_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'];
const RESET_CODES = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];
const TIMEOUT_CODES = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT'];
function classifyNetworkError(error, host, facts) {
    const sent = { requestSent: facts.isOpen, cause: error };
    if (facts.deadlinePassed)
        return new TransportError('timeout', host, timeoutText(facts), sent);
    if (error instanceof ProxyError)
        return proxyError(error, host);
    const { code, message } = firstError(error);
    const tls = readTlsFailure(code ?? '', message, facts.isNegotiated);
    if (tls !== undefined) {
        const requestSent = facts.isOpen && tls.detail !== 'client-certificate';
        return new TransportError(tls.problem, host, describeTls(tls.problem, tls.detail, code), {
            ...sent,
            ...tls,
            code,
            requestSent,
        });
    }
    const problem = problemOf(code ?? '', message);
    const codes = addressCodes(error);
    const text = codes.length > 1 ? `no connection to any address (${codes.join(', ')})` : describe(problem, code, facts);
    return new TransportError(problem, host, text, { ...sent, code });
}
function proxyError(error, host) {
    const { status, code } = error;
    const refuses = status === undefined ? readTlsFailure(code ?? '', '', false) !== undefined : isFinal(status);
    const codes = addressCodes(error.cause);
    const failed = codes.length > 1 ? codes.join(', ') : (code ?? 'no answer');
    const reason = status === undefined ? failed : `statusCode=${status}`;
    const facts = { requestSent: false, code, cause: error };
    return new TransportError(refuses ? 'proxy-refused' : 'proxy', host, `the proxy did not connect (${reason})`, facts);
}
function isFinal(status) {
    return status < 500 && status !== 429 && !isUnavailable(status);
}
function firstError(error) {
    if (typeof error !== 'object' || error === null)
        return { code: undefined, message: String(error) };
    if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0)
        return firstError(error.errors[0]);
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    return { code, message: 'message' in error ? String(error.message) : '' };
}
function addressCodes(error) {
    if (typeof error !== 'object' || error === null || !('errors' in error) || !Array.isArray(error.errors))
        return [];
    const codes = error.errors.map((each) => firstError(each).code).filter((code) => code !== undefined);
    return [...new Set(codes)];
}
function problemOf(code, message) {
    if (DNS_CODES.includes(code))
        return 'dns';
    if (UNREACHED_CODES.includes(code))
        return 'refused';
    if (TIMEOUT_CODES.includes(code))
        return 'timeout';
    if ((code === 'ECONNRESET' && message === 'aborted') || code === 'HPE_INVALID_EOF_STATE')
        return 'truncated';
    if (code.startsWith('HPE_'))
        return 'not-http';
    return RESET_CODES.includes(code) ? 'reset' : 'other';
}
function describe(problem, code, facts) {
    switch (problem) {
        case 'dns':
            return `the name cannot be resolved (${code})`;
        case 'refused':
            return `no connection (${code})`;
        case 'reset':
            return facts.isOpen
                ? `the connection was cut before an answer (${code})`
                : `the connection was cut before it was ready, nothing was sent (${code})`;
        case 'timeout':
            return timeoutText(facts);
        case 'truncated':
            return 'the connection was cut in the middle of the answer';
        case 'not-http':
            return `the answer is not valid HTTP (${code})`;
        default:
            return code ?? 'the exchange failed';
    }
}
function timeoutText({ isOpen }) {
    return isOpen ? 'no complete answer in time' : 'no connection in time, nothing was sent';
}
const TLS_TEXTS = {
    expired: 'the certificate is not accepted: it has expired',
    'not-yet-valid': 'the certificate is not accepted: it is not valid yet',
    'wrong-name': 'the certificate is not accepted: it is for another name',
    'unknown-authority': 'the certificate is not accepted: its authority is not known',
    'client-certificate': 'the server requires a client certificate',
    'protocol-version': 'no TLS version in common',
    'no-common-cipher': 'no TLS cipher in common',
    'unknown-name': 'the server does not know this name',
};
function describeTls(problem, detail, code) {
    if (problem === 'not-tls')
        return `no TLS at that port (${code})`;
    if (detail !== undefined)
        return `${TLS_TEXTS[detail]} (${code})`;
    return problem === 'certificate' ? `the certificate is not accepted (${code})` : `the TLS handshake failed (${code})`;
}
const CERTIFICATE_CODE = /^(UNABLE_TO_|CERT_|CRL_|SELF_SIGNED_CERT|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_C|ERR_TLS_CERT|UNSPECIFIED$)/;
const CERTIFICATE_DETAILS = [
    [/^CERT_HAS_EXPIRED$/, 'expired'],
    [/^CERT_NOT_YET_VALID$/, 'not-yet-valid'],
    [/ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/, 'wrong-name'],
    [/^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|SELF_SIGNED_CERT|^CERT_UNTRUSTED$|^INVALID_CA$/, 'unknown-authority'],
];
const NOT_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST|BAD_RECORD_TYPE|RECORD_TOO_SMALL/;
const ALERTS = {
    40: 'no-common-cipher',
    42: 'client-certificate',
    43: 'client-certificate',
    44: 'client-certificate',
    45: 'client-certificate',
    46: 'client-certificate',
    48: 'client-certificate',
    49: 'client-certificate',
    70: 'protocol-version',
    71: 'no-common-cipher',
    86: 'protocol-version',
    112: 'unknown-name',
    116: 'client-certificate',
};
const LOCAL_DETAILS = [
    [/UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_TOO_LOW|UNSUPPORTED_SSL_VERSION/, 'protocol-version'],
    [
        /CIPHER|KEY_TOO_SMALL|SIGALG|SIGNATURE_TYPE|SIGNATURE_ALGORITHM|WRONG_CURVE|LEGACY_RENEGOTIATION/,
        'no-common-cipher',
    ],
];
function readTlsFailure(code, message, isNegotiated) {
    if (CERTIFICATE_CODE.test(code))
        return { problem: 'certificate', detail: firstMatch(CERTIFICATE_DETAILS, code) };
    if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_'))
        return undefined;
    const text = `${code} ${message.toUpperCase().replaceAll(' ', '_')}`;
    const [, alert] = /SSL_ALERT_NUMBER_(\d+)/.exec(text) ?? [];
    if (alert !== undefined)
        return { problem: 'tls-refused', detail: detailOf(alert, isNegotiated) };
    if (NOT_TLS.test(text))
        return { problem: 'not-tls', detail: undefined };
    return { problem: 'tls-refused', detail: firstMatch(LOCAL_DETAILS, text) };
}
function detailOf(alert, isNegotiated) {
    return alert === '40' && isNegotiated ? 'client-certificate' : ALERTS[alert];
}
function firstMatch(table, text) {
    return table.find(([pattern]) => pattern.test(text))?.[1];
}

;// CONCATENATED MODULE: ./build/parts/explain/inputs/suspicions.js


const REFUSALS = ['wrong-credentials', 'denied', 'token-invalid'];
const WRONG_PLACES = ['unreachable', 'tls', 'not-a-homeserver'];
function hintsFor(code, suspects) {
    if (REFUSALS.includes(code))
        return suspicions(suspects);
    const { homeserver } = suspects;
    if (!WRONG_PLACES.includes(code) || homeserver.kind !== 'server-name')
        return [];
    const mistake = describePortMistake(homeserver.serverName);
    return mistake === undefined ? [] : [mistake];
}
function suspicions({ input, secret, user, homeserver }) {
    const about = [...aboutCharacters(secret), ...aboutForm(input, secret)].map((what) => `\`${input}\` ${what}.`);
    return [...about, ...aboutUser(user, homeserver)];
}
function aboutCharacters(secret) {
    return [
        ...(/^\s/.test(secret) ? ['has a blank at its start'] : []),
        ...(/\s$/.test(secret) ? ['has a blank at its end'] : []),
        ...(/[\r\n]/.test(secret.trim()) ? ['has more than one line'] : []),
        ...unusualCharacters(secret.trim()).map((what) => `has ${what}`),
    ];
}
function aboutForm(input, secret) {
    const text = secret.trim();
    const literal = aboutLiteral(text);
    if (literal !== undefined)
        return [literal];
    if (/^\*+$/.test(text))
        return ['holds asterisks only, as a masked value in a log does'];
    if (/^@[^:\s]+:[^\s]+$/.test(text))
        return ['holds what looks like a user ID'];
    const token = input === 'password' || input === 'shared-secret' ? findToken(text) : undefined;
    return token === undefined ? [] : [`holds what looks like ${token.description}: is it in the wrong input?`];
}
function aboutLiteral(text) {
    if (/\$\{\{|\}\}/.test(text))
        return 'holds an expression (`${{ … }}`) that was not evaluated';
    if (/^(secrets|vars|env|inputs|steps|needs)\.[\w.-]+$/.test(text)) {
        const context = text.split('.')[0];
        return `holds the literal text \`${context}.…\`: write it as an expression, \`\${{ ${context}.… }}\``;
    }
    if (/^(\$[A-Za-z_]\w*|\$\{\w+\}|\$env:\w+|%\w+%)$/.test(text)) {
        return 'holds what looks like the name of a variable ($…): `with:` expands no variables, only `${{ … }}`';
    }
    return undefined;
}
function aboutUser(user, homeserver) {
    if (user?.kind === 'email') {
        return [
            '`user` is an e-mail address: the server knows it only if the account has confirmed it. A user ID is @name:example.org.',
        ];
    }
    if (user?.kind === 'phone') {
        return ['`user` is a phone number: the server knows it only if the account has confirmed it.'];
    }
    const literal = user?.kind === 'localpart' ? aboutLiteral(user.localpart) : undefined;
    if (literal !== undefined)
        return [`\`user\` ${literal}.`];
    if (user?.kind !== 'user-id')
        return [];
    const { hostname } = user.serverName;
    const host = homeserver.kind === 'server-name' ? homeserver.serverName.hostname : new URL(homeserver.url).hostname;
    if (areRelated(host.toLowerCase(), hostname.toLowerCase()))
        return [];
    return [`\`user\` is an account of ${hostname}, and \`homeserver\` is ${host}: is that the server of this account?`];
}
function areRelated(host, serverName) {
    const domain = (name) => name.split('.').slice(-2).join('.');
    if (/^[\d.]+$|^\[|^localhost$/.test(host))
        return true;
    return host === serverName || domain(host) === domain(serverName);
}
function describePortMistake({ text, hostname }) {
    if (text === hostname)
        return undefined;
    const scheme = isLoopback(hostname) || isPrivateAddress(hostname) ? 'http' : 'https';
    return (`The server name ${text} is looked up at https://${hostname}, without the port. ` +
        `If the client API is at that port, set \`homeserver\` to ${scheme}://${text}.`);
}
function isPrivateAddress(hostname) {
    return /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname);
}

;// CONCATENATED MODULE: ./build/parts/explain.js






module.exports = __webpack_exports__;
/******/ })()
;