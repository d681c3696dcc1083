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
  REFRESH: () => (REFRESH),
  REPEATABLE_MS: () => (REPEATABLE_MS),
  RETIRE_MODES: () => (RETIRE_MODES),
  accessToken: () => (accessToken),
  accessTokenPrefix: () => (accessTokenPrefix),
  checkTokenAge: () => (checkTokenAge),
  deviceBase: () => (deviceBase),
  isOfBase: () => (isOfBase),
  isTokenActive: () => (isTokenActive),
  isUnknownToken: () => (isUnknownToken),
  planRetirement: () => (planRetirement),
  refreshTokens: () => (refreshTokens),
  requestLogout: () => (requestLogout),
  rotationDeviceId: () => (rotationDeviceId),
  rotationTime: () => (rotationTime),
  whoami: () => (whoami)
});

;// CONCATENATED MODULE: ./build/parts/given-token/from-core.js
const { Failure, Secret, ServerText, WHOAMI, forgePart, isPrintable, isRefusedWith, isUserId, malformed, stringMember } = require('./core.js')

;// CONCATENATED MODULE: ./build/parts/given-token/credentials/access-token.js

const PREFIXES = {
    syt: 'of Synapse',
    mct: 'of Matrix Authentication Service, lasting',
    mat: 'of Matrix Authentication Service, OAuth, short-lived',
    mpt: 'of Matrix Authentication Service, personal',
};
function accessTokenPrefix(secret) {
    const text = secret.reveal();
    return ['syt', 'mct', 'mat', 'mpt'].find((prefix) => text.startsWith(`${prefix}_`));
}
const accessToken = {
    input: 'access-token',
    form: 'token',
    needsUser: () => 'none',
    logoutAllowed: false,
    rotates: false,
    read: ({ secret }) => accessTokenCredential(new Secret(secret)),
};
function accessTokenCredential(secret) {
    const prefix = accessTokenPrefix(secret);
    const kind = prefix === undefined ? 'of a kind that its form does not tell' : PREFIXES[prefix];
    return {
        description: `a given access token (${kind})`,
        device: 'existing',
        opensSession: false,
        singleUse: false,
        needsWhoami: true,
        requestTokens: ({ warning }) => {
            if (prefix === 'mat')
                warning(SHORT_LIVED);
            return Promise.resolve({ given: secret });
        },
        explain: (error) => explainRefusal(error, prefix),
    };
}
const SHORT_LIVED = 'This access token (mat_…) belongs to an OAuth session, such as that of Element Web. It is valid for minutes to hours ' +
    'and ends with that session. Let the action log in with a password instead, or store a token of a session of its own.';
const INVALID = 'It was logged out, has expired, belongs to another server, or is cut off. Store a new one, or let the action log in.';
async function explainRefusal(error, prefix) {
    const { refusedToken } = await Promise.resolve().then(() => require('./explain.js'));
    return refusedToken(error, 'access-token', prefix === 'mat' ? SHORT_LIVED : INVALID);
}

;// CONCATENATED MODULE: ./build/parts/given-token/matrix/account.js




const LOG_OUT = { phrase: 'log out' };
async function whoami(client, accessToken) {
    const answer = await client.send({ operation: WHOAMI, method: 'GET', path: '/account/whoami', accessToken });
    const userId = stringMember(answer, 'user_id');
    const deviceId = stringMember(answer, 'device_id');
    if (userId === undefined || !isUserId(userId)) {
        throw malformed('it has no usable user_id', { server: client.baseUrl, operation: WHOAMI });
    }
    const device = deviceId === undefined || !isPrintable(deviceId) ? {} : { deviceId: new ServerText(deviceId) };
    return { userId: new ServerText(userId), ...device };
}
async function requestLogout(client, accessToken) {
    try {
        await client.send({ operation: LOG_OUT, method: 'POST', path: '/logout', body: {}, accessToken });
        return 'ended';
    }
    catch (error) {
        if (!isUnknownToken(error))
            throw error;
        if (/^m[ap]t_/.test(accessToken.reveal()) && (await isTokenActive(client, accessToken)))
            throw error;
        return 'was-over';
    }
}
async function isTokenActive(client, accessToken) {
    try {
        await whoami(client, accessToken);
        return true;
    }
    catch (error) {
        if (isUnknownToken(error))
            return false;
        throw error;
    }
}
function isUnknownToken(error) {
    return isRefusedWith(error, 401, 'M_UNKNOWN_TOKEN');
}
const REFRESH = { phrase: 'refresh the session' };
const REPEATABLE_MS = 10_000;
function refreshTokens(client, refreshToken) {
    return client.send({
        operation: REFRESH,
        method: 'POST',
        path: '/refresh',
        body: { refresh_token: refreshToken.reveal() },
        retryPolicy: REPEATABLE_MS,
    });
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./build/parts/given-token/session/rotation.js



const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const TIME_LENGTH = 7;
const RANDOM_LENGTH = 3;
const RETIRE_MODES = ['next-rotation', 'now', 'never'];
function deviceBase(homeserverUrl, forge, repository, secretName) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256')
        .update(JSON.stringify([homeserverUrl, repository, secretName.toUpperCase(), ...forgePart(forge)]))
        .digest();
    return `GHA-${[...hash.subarray(0, 12)].map((byte) => BASE32.charAt(byte % 32)).join('')}`;
}
function rotationDeviceId(base, now, bytes) {
    let time = '';
    for (let rest = Math.floor(now); time.length < TIME_LENGTH; rest = Math.floor(rest / 62)) {
        time = DIGITS.charAt(rest % 62) + time;
    }
    const random = [...bytes(RANDOM_LENGTH)].map((byte) => DIGITS.charAt(byte % 62)).join('');
    return `${base}-${time}${random}`;
}
const DERIVED_BASE = /^GHA-[A-Z2-7]{12}$/;
function isOfBase(deviceId, base) {
    const rest = deviceId.slice(base.length + 1);
    const hasForm = deviceId.startsWith(`${base}-`) && rest.length === TIME_LENGTH + RANDOM_LENGTH && /^[0-9A-Za-z]+$/.test(rest);
    return hasForm && (DERIVED_BASE.test(base) || timeIn(rest.slice(0, TIME_LENGTH)) >= EARLIEST);
}
function timeIn(digits) {
    return [...digits].reduce((sum, digit) => sum * 62 + DIGITS.indexOf(digit), 0);
}
const EARLIEST = Date.UTC(2026, 0, 1);
function rotationTime(deviceId, now) {
    const [, digits] = /-([0-9A-Za-z]{7})[0-9A-Za-z]{3}$/.exec(deviceId) ?? [];
    if (digits === undefined)
        return undefined;
    const time = timeIn(digits);
    return time >= EARLIEST && time <= now + CLOCK_DIFFERENCE_MS ? time : undefined;
}
const CLOCK_DIFFERENCE_MS = 24 * 60 * 60_000;
function planRetirement({ mode, base, names, newName, currentName }) {
    if (mode === 'never')
        return [];
    const older = [...new Set(names)].filter((name) => isOfBase(name, base) && name < newName).sort();
    if (mode === 'next-rotation')
        return older.slice(0, -1).filter((name) => name !== currentName);
    const isLater = currentName !== undefined && isOfBase(currentName, base) && !older.includes(currentName);
    return isLater && currentName !== newName ? [...older, currentName] : older;
}
function checkTokenAge({ userId, deviceId }, maxAgeMs, now, log) {
    const rotatedAt = rotationTime(deviceId?.raw ?? '', now);
    if (maxAgeMs === undefined)
        return rotatedAt;
    if (rotatedAt === undefined) {
        log.warning('The age of the token is not known: its device was not made by `rotate`. `max-age` was not checked.');
    }
    else if (now - rotatedAt > maxAgeMs) {
        const days = ((now - rotatedAt) / 86_400_000).toFixed(1);
        throw new Failure('token-too-old', `The token of ${userId} was rotated at ${new Date(rotatedAt).toISOString()}, ${days} days ago.`, 'Run the workflow that rotates it. GitHub stops schedules after 60 days without a commit.');
    }
    return rotatedAt;
}

;// CONCATENATED MODULE: ./build/parts/given-token.js




module.exports = __webpack_exports__;
/******/ })()
;