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
  discover: () => (discover)
});

;// CONCATENATED MODULE: ./build/parts/discovery/from-core.js
const { ApiError, MATRIX, REQUEST_DEADLINE_MS, ServerText, baseUrlText, classifyResponse, exchange, insecureDiscovery, isJsonObject, parseBaseUrl } = require('./core.js')

;// CONCATENATED MODULE: ./build/parts/discovery/matrix/discovery.js




const MAX_REDIRECTS = 5;
const FIND_API = { phrase: 'say where its client API is (.well-known/matrix/client)' };
const WELL_KNOWN = {
    ...MATRIX,
    foreign: {
        code: 'not-a-homeserver',
        hint: 'Let the server answer at /.well-known/matrix/client (a bot check or a rule against hidden files may stand in front ' +
            'of it), or set `homeserver` to the base URL of the client API (often https://matrix.example.org).',
    },
};
async function discover(serverName, ports, allowHttp) {
    const response = await fetchWellKnown(serverName, ports);
    if (response.status === 404)
        return { baseUrl: `https://${serverName.text}`, from: 'server-name' };
    return { baseUrl: readBaseUrl(serverName, response, allowHttp), from: 'well-known' };
}
async function fetchWellKnown(serverName, ports) {
    let url = `https://${serverName.hostname}/.well-known/matrix/client`;
    for (let redirects = 0;; redirects += 1) {
        const request = { method: 'GET', url, headers: {}, deadlineMs: REQUEST_DEADLINE_MS };
        const { response, retryAfterMs } = await exchange(request, ports);
        const next = redirectTarget(response, url);
        if (next === undefined)
            return rejectUnusable(serverName, response, retryAfterMs);
        if (redirects === MAX_REDIRECTS)
            throw notUsable(serverName, response, 'more than five redirects');
        if (!next.startsWith('https://'))
            throw notUsable(serverName, response, 'a redirect away from https');
        url = next;
    }
}
function redirectTarget(response, from) {
    const location = response.headers.location;
    if (response.status < 300 || response.status >= 400 || location === undefined)
        return undefined;
    return URL.canParse(location, from) ? new URL(location, from).href : 'unusable';
}
function rejectUnusable(serverName, response, retryAfterMs) {
    const { status } = response;
    if (status === 404 || (status >= 200 && status < 300))
        return response;
    const result = classifyResponse(response, WELL_KNOWN, retryAfterMs);
    if ('kind' in result && (result.kind === 'rate-limited' || result.kind === 'server-error')) {
        throw new ApiError(result, { server: serverOf(serverName), operation: FIND_API, dialect: WELL_KNOWN }, false);
    }
    throw notUsable(serverName, response, 'kind' in result && result.kind === 'foreign' ? result.evidence.raw : 'no file');
}
function readBaseUrl(serverName, response, allowHttp) {
    const result = classifyResponse(response);
    if (!('ok' in result)) {
        const odd = result.kind === 'malformed' ? result.what : 'no JSON object';
        throw notUsable(serverName, response, result.kind === 'foreign' ? `no JSON (${result.evidence})` : odd);
    }
    const baseUrl = baseUrlMember(result.ok);
    if (baseUrl === undefined)
        throw notUsable(serverName, response, 'no m.homeserver.base_url');
    const parsed = parseBaseUrl(baseUrl);
    if ('problem' in parsed)
        throw notUsable(serverName, response, `a base_url that ${parsed.problem}`);
    if (parsed.url.protocol === 'http:' && !allowHttp) {
        const source = `${serverOf(serverName)}/.well-known/matrix/client`;
        throw insecureDiscovery(source, new ServerText(baseUrlText(parsed.url)), INSECURE_HINT);
    }
    return baseUrlText(parsed.url);
}
const INSECURE_HINT = 'Correct it on the server, or give the https:// address of the client API as `homeserver`.';
function baseUrlMember(file) {
    const homeserver = file['m.homeserver'];
    const baseUrl = isJsonObject(homeserver) ? homeserver.base_url : undefined;
    return typeof baseUrl === 'string' ? baseUrl : undefined;
}
function notUsable(serverName, response, evidence) {
    const problem = { kind: 'foreign', status: response.status, evidence: new ServerText(evidence) };
    return new ApiError(problem, { server: serverOf(serverName), operation: FIND_API, dialect: WELL_KNOWN }, false);
}
function serverOf(serverName) {
    return `https://${serverName.hostname}`;
}

;// CONCATENATED MODULE: ./build/parts/discovery.js


module.exports = __webpack_exports__;
/******/ })()
;