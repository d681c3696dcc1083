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
  listedLines: () => (listedLines),
  prepareTargets: () => (prepareTargets),
  readForge: () => (readForge),
  readSecretName: () => (readSecretName),
  readTargets: () => (readTargets),
  refuseSameNames: () => (refuseSameNames),
  refusedEverywhere: () => (refusedEverywhere),
  reportWrites: () => (reportWrites),
  rotateAction: () => (rotateAction),
  storedIn: () => (storedIn),
  writeEverywhere: () => (writeEverywhere)
});

;// CONCATENATED MODULE: ./build/parts/rotate-main/from-core.js
const { ApiError, CommandFileError, Failure, NetworkError, Problems, REQUEST_DEADLINE_MS, Secret, ServerText, SessionRecorder, abandon, booleanValue, checkToken, choiceValue, code, connect, credentialKinds, deliverSkipped, describeRefused, describeUser, describeValue, deviceDisplayName, exchange, findToken, initializeState, isBlank, isInsecure, isJsonObject, isSameUser, isToken, issueSession, loginContext, parseJsonObject, parseRetryAfter, printable, readAllowHttp, readRunContext, readSessionInputs, screenInputs, secretText, setRefreshTokenOutput, setSessionOutputs, setTokenOutputs, stringMember, summaryOf, verifySession, verifyWithWhoami, warnOfOtherDevice, withWaitBudget } = require('./core.js')

;// CONCATENATED MODULE: ./build/parts/rotate-main/from-given-token.js
const { RETIRE_MODES, deviceBase, isUnknownToken, rotationDeviceId, whoami } = require('./given-token.js')

;// CONCATENATED MODULE: ./build/parts/rotate-main/stores/store.js
const MAX_SECRET_NAME = 255;
const KINDS = ['actions', 'dependabot', 'codespaces'];
const NAME = /^(?!\.+$)[A-Za-z0-9_.-]+$/;
function parseTarget(line) {
    const text = line.trim();
    const prefix = KINDS.find((kind) => text.startsWith(`${kind}:`));
    const kind = prefix ?? 'actions';
    const path = prefix === undefined ? text : text.slice(prefix.length + 1).trim();
    const [root, first = '', second = '', word, ...rest] = path.split('/');
    if (NAME.test(first) && path === `orgs/${first}`) {
        return { text, kind, place: { of: 'organization', organization: first } };
    }
    if (root !== 'repos' || !NAME.test(first) || !NAME.test(second))
        return { problem: EXPECTED };
    if (word === undefined)
        return { text, kind, place: { of: 'repository', owner: first, repository: second } };
    const environment = rest.join('/');
    if (word !== 'environments' || environment === '' || /^\.{1,2}$/.test(environment))
        return { problem: EXPECTED };
    if (kind !== 'actions')
        return { problem: `has an environment, which ${kind} does not know` };
    return { text, kind, place: { of: 'environment', owner: first, repository: second, environment } };
}
const EXPECTED = 'is not repos/OWNER/REPO, repos/OWNER/REPO/environments/NAME or orgs/ORGANIZATION';

;// CONCATENATED MODULE: ./build/parts/rotate-main/inputs/store.js




function readForge(inputs, problems) {
    const apiUrl = (inputs.environment('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '');
    const marked = ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => inputs.environment(name) === 'true');
    const allowHttp = readAllowHttp(inputs, new Problems());
    if (!URL.canParse(apiUrl))
        problems.add(`GITHUB_API_URL ${describeValue(apiUrl)} is not a URL.`);
    else if (isInsecure(new URL(apiUrl), allowHttp)) {
        problems.add(`GITHUB_API_URL ${describeValue(apiUrl)} would carry the token without TLS.`, 'insecure-url', REGISTERED);
    }
    const isForgejo = (marked && !isGithubApi(apiUrl)) || apiUrl.endsWith('/api/v1');
    return { kind: isForgejo ? 'forgejo' : 'github', apiUrl };
}
const REGISTERED = 'A runner takes this address from the forge that it was registered at: register it with the https:// address. On a ' +
    'private network, and only there, set `allow-http: true`.';
function isGithubApi(apiUrl) {
    return /^https:\/\/api\.(github\.com|[^/]+\.ghe\.com)$/.test(apiUrl) || apiUrl.endsWith('/api/v3');
}
const RESERVED = {
    github: ['GITHUB_'],
    forgejo: ['GITHUB_', 'GITEA_'],
};
function readSecretName(inputs, input, byDefault, problems) {
    if (isBlank(inputs, input))
        return byDefault;
    const name = inputs.input(input).trim();
    const { kind } = readForge(inputs, new Problems());
    const problem = lookalike(name) ?? problemWithName(name, RESERVED[kind]) ?? problemOnForge(name, kind);
    if (problem !== undefined)
        problems.add(describeRefused(input, name, problem));
    return name;
}
function refuseSameNames(secretName, refreshSecretName, problems) {
    if (secretName.toUpperCase() !== refreshSecretName.toUpperCase())
        return;
    problems.add('`secret-name` and `refresh-secret-name` are the same: each token needs its own secret.');
}
function lookalike(text) {
    const token = findToken(text);
    return token === undefined ? undefined : `holds what looks like ${token.description}; nothing was sent`;
}
function problemOnForge(name, kind) {
    if (kind !== 'forgejo' || name.toUpperCase() !== 'CI')
        return undefined;
    return 'is CI, which Gitea and Forgejo refuse: choose another name';
}
function problemWithName(name, reserved) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
        return 'is not the name of a secret: use letters, digits and _, and no digit at the start';
    const prefix = reserved.find((each) => name.toUpperCase().startsWith(each));
    if (prefix !== undefined)
        return `begins with ${prefix}, which is reserved: choose another name`;
    return name.length > MAX_SECRET_NAME ? `is longer than ${MAX_SECRET_NAME} characters: choose another name` : undefined;
}
function readTargets(lines, { forge, reportMalformed }, problems) {
    const targets = new Map();
    for (const [index, line] of lines.entries()) {
        const refuse = (what) => problems.add(describeRefused('store-in', line, `(target ${index + 1}) ${what}`));
        const target = parseTarget(line);
        const problem = lookalike(line);
        if (problem !== undefined)
            refuse(problem);
        else if ('problem' in target) {
            if (reportMalformed)
                refuse(target.problem);
        }
        else if (forge.kind === 'forgejo' && (target.kind !== 'actions' || target.place.of === 'environment')) {
            refuse('is not known there: Gitea and Forgejo know repos/OWNER/REPO and orgs/ORGANIZATION only');
        }
        else {
            const key = `${target.kind} ${JSON.stringify(target.place).toLowerCase()}`;
            targets.set(key, targets.get(key) ?? target);
        }
    }
    return [...targets.values()];
}
function listedLines(text) {
    return text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
}

;// CONCATENATED MODULE: ./build/parts/rotate-main/inputs/rotate.js





function readRotateInputs(source, kinds) {
    const problems = new Problems();
    const screened = screenInputs('rotate', source, problems);
    const inputs = screened;
    const currentToken = secretText(inputs.input('current-token'), 'token')?.value ?? '';
    const storeToken = secretText(inputs.input('store-token'), 'token')?.value ?? '';
    return readSessionInputs(source, screened, kinds, problems, (kind) => {
        const forge = readForge(screened, problems);
        if (kind !== undefined && storeToken === '')
            problems.add(MISSING_STORE_TOKEN);
        checkToken('store-token', storeToken, problems, 'invalid-input');
        const retire = choiceValue('retire', inputs.input('retire'), RETIRE_MODES, problems);
        if (kind !== undefined)
            checkOverlap(inputs, kind, retire, problems);
        return {
            currentToken,
            storeToken,
            ...readSecretNames(screened, kind, problems),
            targets: readTargets(storeLines(screened), { forge, reportMalformed: kind !== undefined }, problems),
            retire,
            keepDevice: readKeepDevice(inputs, kind, problems),
            forge,
        };
    });
}
const MISSING_STORE_TOKEN = '`store-token` is missing: a token that may write secrets, of a GitHub App or a person. GITHUB_TOKEN never can.';
const KEEPING_KINDS = ['mas-client-id', 'refresh-token'];
function readKeepDevice(inputs, kind, problems) {
    const keepDevice = booleanValue('keep-device', inputs.input('keep-device'), false, problems);
    if (keepDevice && kind !== undefined && !KEEPING_KINDS.includes(kind.input)) {
        problems.add(`\`keep-device: true\` does not go with \`${kind.input}\`: at a login on the same device some servers end the old token ` +
            '(Matrix Authentication Service, Dendrite, Conduit family), and the others cannot end it alone (Synapse, Tuwunel). ' +
            'Use `mas-client-id` or `refresh-token`.');
    }
    return keepDevice;
}
function checkOverlap(inputs, kind, retire, problems) {
    if (kind.endsByItself !== true || retire === 'never' || !isBlank(inputs, 'valid-for'))
        return;
    problems.miss('valid-for', `\`valid-for\` is missing: with \`${kind.input}\` only its expiry ends a replaced token. Give at least twice ` +
        'the interval of the schedule, or set `retire: never`.');
}
function readSecretNames(inputs, kind, problems) {
    const secretName = readSecretName(inputs, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems);
    const refreshSecretName = readSecretName(inputs, 'refresh-secret-name', '', problems);
    const refreshes = kind?.refreshes === true;
    if (refreshes && refreshSecretName === '') {
        problems.miss('refresh-secret-name', '`refresh-secret-name` is missing: the secret that holds `refresh-token`. Its value changes each time.');
    }
    if (kind !== undefined && !refreshes && refreshSecretName !== '') {
        problems.add(`\`refresh-secret-name\` goes with \`refresh-token\` only, not with \`${kind.input}\`.`);
    }
    refuseSameNames(secretName, refreshSecretName, problems);
    return { secretName, refreshSecretName };
}
function storeLines(inputs) {
    const lines = listedLines(inputs.input('store-in'));
    return lines.length > 0 ? lines : [`repos/${inputs.environment('GITHUB_REPOSITORY') ?? ''}`];
}

;// CONCATENATED MODULE: ./build/parts/rotate-main/stores/forge-api.js




const API_VERSION = '2022-11-28';
class ForgeApi {
    url;
    #token;
    #ports;
    #readHints;
    constructor(url, token, ports, readHints) {
        this.url = url;
        this.#token = token;
        this.#ports = ports;
        this.#readHints = readHints;
    }
    async send(method, path, body) {
        const answer = await this.#try(method, path, body, { 'x-github-api-version': API_VERSION });
        if (answer.status !== 410)
            return answer;
        const second = await this.#try(method, path, body, {});
        return { ...second, inDoubt: second.inDoubt || answer.inDoubt };
    }
    async #try(method, path, body, version) {
        const headers = {
            accept: 'application/vnd.github+json',
            authorization: `Bearer ${this.#token.reveal()}`,
            ...version,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        };
        const request = { method, url: this.url + path, headers, deadlineMs: REQUEST_DEADLINE_MS };
        const sent = body === undefined ? request : { ...request, body: JSON.stringify(body) };
        const read = (response) => this.#readHints(response, this.#ports.clock.now());
        const { response, answerLost } = await exchange(sent, this.#ports, read);
        return { ...response, inDoubt: answerLost };
    }
}
const UNNAMED_DELAY_MS = 60_000;
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i;
function rateLimit(response, now) {
    const { status, headers } = response;
    if (status !== 429 && status !== 403)
        return {};
    const exhausted = headers['x-ratelimit-remaining'] === '0';
    const asked = parseRetryAfter(headers['retry-after'], now);
    const isLimit = status === 429 || exhausted || asked !== undefined || SECONDARY_LIMIT.test(messageOf(response));
    if (!isLimit)
        return {};
    if (asked !== undefined)
        return { rateLimited: true, retryAfterMs: asked };
    const reset = Number(headers['x-ratelimit-reset']);
    if (exhausted && reset > 0)
        return { rateLimited: true, retryAfterMs: Math.max(0, reset * 1000 - now) };
    return { rateLimited: true, retryAfterMs: UNNAMED_DELAY_MS };
}
function conflict({ status }) {
    return status === 409 ? { repeatOnce: 'another write is in progress there (409)' } : {};
}
function messageOf({ body }) {
    return stringMember(parseJsonObject(body) ?? {}, 'message') ?? '';
}
const TOO_MANY = 'Too many requests with `store-token`, and `max-wait` is over: run it again later.';
function describeForgeRefusal(response, advise) {
    const said = messageOf(response);
    const text = said === '' ? '' : `, “${new ServerText(said)}”`;
    const advice = rateLimit(response, 0).rateLimited === true ? TOO_MANY : commonAdvice(response, said, advise);
    return `${response.status}${text}. ${advice}`.trimEnd();
}
function commonAdvice(response, said, advise) {
    if (response.status >= 300 && response.status < 400)
        return describeRedirect(response);
    if (response.status === 409)
        return 'Another write to this secret did not end: run it again later.';
    if (response.status === 401)
        return '`store-token` is wrong, expired or revoked.';
    return advise(response, said);
}
const REPOSITORY = /\/repos\/([\w.-]{1,100})\/([\w.-]{1,100})(?:\/|$)/;
function describeRedirect({ headers }) {
    const [, owner, name] = REPOSITORY.exec((headers['location'] ?? '').split(/[?#]/)[0] ?? '') ?? [];
    const found = owner === undefined || name === undefined ? '' : ` It is now repos/${owner}/${name}.`;
    return `It was renamed or moved, and a redirect is not followed.${found} Write the new name into \`store-in\`.`;
}
function describeNoAnswer(error) {
    return `no complete answer from ${error.cause.host}: ${error.message}`;
}
function kindOfRefusal({ status, inDoubt }) {
    return inDoubt || status >= 500 || status < 300 ? 'unknown' : 'refused';
}
async function outcomeOfWrite(send, advise) {
    try {
        const answer = await send();
        const isPage = /\bhtml\b/i.test(answer.headers['content-type'] ?? '');
        if ((answer.status === 201 || answer.status === 204) && !isPage)
            return { kind: 'stored' };
        return { kind: kindOfRefusal(answer), why: describeForgeRefusal(answer, advise) };
    }
    catch (error) {
        if (!(error instanceof NetworkError))
            throw error;
        return { kind: error.answerLost ? 'unknown' : 'refused', why: describeNoAnswer(error) };
    }
}
async function outcomeOfRemoval(send, advise) {
    try {
        const answer = await send();
        const isGone = (answer.status >= 200 && answer.status < 300) || answer.status === 404;
        return isGone ? undefined : describeForgeRefusal(answer, advise);
    }
    catch (error) {
        if (!(error instanceof NetworkError))
            throw error;
        return describeNoAnswer(error);
    }
}
function unfitTarget(target, problem) {
    return new Failure('store-refused', `${target.text} ${problem}`, NOTHING_CHANGED);
}
const NOTHING_CHANGED = 'Nothing was changed: no login was made, and every stored secret is as it was.';

;// CONCATENATED MODULE: ./build/parts/rotate-main/stores/forgejo.js


const readForgejoHints = (response, now) => ({ ...conflict(response), ...rateLimit(response, now) });
function forgejoStore(api) {
    return {
        prepare: async (target) => {
            const advise = adviceFor(target);
            if (target.place.of === 'organization')
                await checkOrganization(api, target, advise);
            else
                await checkRepository(api, target, advise);
            const path = secretsPath(target);
            return {
                target,
                write: (name, value) => outcomeOfWrite(() => api.send('PUT', `${path}/${name}`, { data: value }), advise),
                remove: (name) => outcomeOfRemoval(() => api.send('DELETE', `${path}/${name}`), advise),
            };
        },
    };
}
function ownPath({ place }) {
    return place.of === 'organization' ? `/orgs/${place.organization}` : `/repos/${place.owner}/${place.repository}`;
}
function secretsPath(target) {
    return `${ownPath(target)}/actions/secrets`;
}
async function checkRepository(api, target, advise) {
    const response = await api.send('GET', ownPath(target));
    if (response.status !== 200)
        throw unfitTarget(target, `cannot be written: ${describeForgeRefusal(response, advise)}`);
    const permissions = parseJsonObject(response.body)?.['permissions'];
    if (isJsonObject(permissions) && permissions['admin'] === false)
        throw unfitTarget(target, `cannot be written: the user of \`store-token\` is not an administrator. ${WHO_MAY_WRITE}`);
}
async function checkOrganization(api, target, advise) {
    const response = await api.send('GET', `${secretsPath(target)}?limit=1`);
    const isRefusal = response.status !== 200 && !hasNoList(response);
    if (isRefusal)
        throw unfitTarget(target, `cannot be written: ${describeForgeRefusal(response, advise)}`);
}
function hasNoList(response) {
    return response.status === 405 || (response.status === 404 && !NO_OWNER.test(messageOf(response)));
}
const NO_OWNER = /^Get(Org|User)ByName/;
const WHO_MAY_WRITE = 'Only an administrator of the repository can write its secrets, and only an owner of the organization those of an ' +
    'organization. The token of the job never can. Give a token of such a user.';
const NAME_RULES = 'A name has letters, digits and _, does not begin with a digit, GITEA_ or GITHUB_ (since Forgejo 17 nor FORGEJO_), ' +
    'and is not CI.';
function adviceFor({ place }) {
    const scope = place.of === 'organization' ? 'write:organization' : 'write:repository';
    return ({ status }, said) => {
        switch (status) {
            case 400:
                return /invalid .*name/i.test(said) ? NAME_RULES : '';
            case 403:
                if (/required scope/i.test(said))
                    return `\`store-token\` lacks the scope ${scope}.`;
                return /should be the owner|must be an organization owner/i.test(said) ? WHO_MAY_WRITE : '';
            case 404:
                return `It does not exist, or the user of \`store-token\` cannot see it (scope ${scope}).`;
            case 405:
                return 'This version has no API for secrets: update Gitea or Forgejo.';
            default:
                return '';
        }
    };
}

;// CONCATENATED MODULE: ./build/parts/rotate-main/stores/github.js



const PAGE = 100;
const MAX_PAGES = 1_000;
function githubStore(api) {
    return {
        prepare: async (target, secretNames) => {
            const path = github_secretsPath(target);
            const advise = adviseGithub(target);
            const key = await publicKey(api, path, target);
            const isOrganization = target.place.of === 'organization';
            const visibilities = new Map();
            if (isOrganization) {
                for (const name of secretNames)
                    visibilities.set(name, await visibilityOf(api, path, name, target));
            }
            const visibilityFor = (name) => visibilities.get(name) ?? (isOrganization ? NEW_IN_ORGANIZATION : {});
            const renewKey = () => publicKey(api, path, target);
            return {
                target,
                write: (name, value) => {
                    const send = (sealedTo) => put(api, `${path}/${name}`, sealedTo, value, visibilityFor(name));
                    return write(send, { key, renewKey }, advise);
                },
                remove: (name) => outcomeOfRemoval(() => api.send('DELETE', `${path}/${name}`), advise),
            };
        },
    };
}
const NEW_IN_ORGANIZATION = { visibility: 'private' };
async function put(api, path, sealedTo, value, visibility) {
    const { sealedBox } = await Promise.resolve().then(() => require('./sealed-box.js'));
    const encrypted_value = Buffer.from(sealedBox(Buffer.from(value), sealedTo.key)).toString('base64');
    return api.send('PUT', path, { encrypted_value, key_id: sealedTo.id, ...visibility });
}
function github_secretsPath({ kind, place }) {
    if (place.of === 'organization')
        return `/orgs/${place.organization}/${kind}/secrets`;
    const repository = `/repos/${place.owner}/${place.repository}`;
    if (place.of === 'repository')
        return `${repository}/${kind}/secrets`;
    return `${repository}/environments/${encodeURIComponent(place.environment)}/secrets`;
}
async function publicKey(api, path, target) {
    const response = await api.send('GET', `${path}/public-key`);
    const body = parseJsonObject(response.body) ?? {};
    const [id, key] = [stringMember(body, 'key_id'), Buffer.from(stringMember(body, 'key') ?? '', 'base64')];
    if (response.status !== 200 || id === undefined || !(await canSealTo(key)))
        throw refused(response, target, 'a usable public key');
    return { id, key };
}
async function canSealTo(key) {
    if (key.length !== 32)
        return false;
    const { sealedBox } = await Promise.resolve().then(() => require('./sealed-box.js'));
    try {
        return sealedBox(new Uint8Array(), key).length > 0;
    }
    catch {
        return false;
    }
}
async function visibilityOf(api, path, secretName, target) {
    const response = await api.send('GET', `${path}/${secretName}`);
    if (response.status === 404)
        return NEW_IN_ORGANIZATION;
    const visibility = stringMember(parseJsonObject(response.body) ?? {}, 'visibility');
    if (response.status !== 200 || visibility === undefined)
        throw refused(response, target, 'who may see the secret');
    if (visibility !== 'selected')
        return { visibility };
    const repositories = await selectedRepositories(api, `${path}/${secretName}/repositories`, target);
    const ids = target.kind === 'dependabot' ? repositories.map(String) : repositories;
    return { visibility, selected_repository_ids: ids };
}
async function selectedRepositories(api, path, target) {
    const found = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
        const response = await api.send('GET', `${path}?per_page=${PAGE}&page=${page}`);
        const body = parseJsonObject(response.body);
        const repositories = body?.['repositories'];
        if (response.status !== 200 || !Array.isArray(repositories))
            throw refused(response, target, 'who may see the secret');
        const ids = repositories.map((repository) => (isJsonObject(repository) ? repository['id'] : undefined));
        found.push(...ids.filter((id) => typeof id === 'number'));
        const total = body?.['total_count'];
        if (repositories.length === 0 || (typeof total === 'number' ? found.length >= total : repositories.length < PAGE))
            break;
    }
    return found;
}
function refused(response, target, what) {
    return unfitTarget(target, `does not let ${what} be read: ${describeForgeRefusal(response, adviseGithub(target))}`);
}
async function write(send, { key, renewKey }, advise) {
    let inDoubt = false;
    const sendTwice = async () => {
        const first = await send(key);
        if (first.status !== 422)
            return first;
        inDoubt = first.inDoubt;
        const second = await send(await renewKey());
        return { ...second, inDoubt: second.inDoubt || inDoubt };
    };
    const result = await outcomeOfWrite(sendTwice, advise).catch(keyNotRenewed);
    return inDoubt && result.kind === 'refused' ? { ...result, kind: 'unknown' } : result;
}
function keyNotRenewed(error) {
    if (error instanceof Failure)
        return { kind: 'refused', why: error.message };
    throw error;
}
const APP_TOKEN = /^(ghs_|v1\.)/;
function readGithubHints(token) {
    const isAppToken = APP_TOKEN.test(token);
    return (response, now) => {
        const hints = { ...conflict(response), ...rateLimit(response, now) };
        const { status } = response;
        const mayPass = status === 401 || (status === 403 && lastingCause(response, messageOf(response)) === undefined);
        if (!isAppToken || !mayPass || hints.rateLimited === true)
            return hints;
        return { repeatOnce: `the token of the App may be too new (${status})` };
    };
}
function adviseGithub(target) {
    const permission = permissionFor(target);
    return (response, said) => {
        switch (response.status) {
            case 403:
                return lastingCause(response, said) ?? adviseForbidden(said, permission);
            case 404:
                return `It does not exist, or \`store-token\` has no access to it (permission ${permission}). ${OF_AN_APP}`;
            case 410:
                return 'The API that this action uses is gone there: update the action.';
            case 422:
                return OTHER_THAN_NAME.test(said) ? '' : 'Is the name of the secret one that is allowed there?';
            default:
                return '';
        }
    };
}
const OTHER_THAN_NAME = /encrypt|maximum|limit|propert/i;
const OF_AN_APP = 'A token of an App reaches only repositories where the App is installed and that its step names (`owner`, `repositories`).';
function permissionFor({ kind, place }) {
    const secrets = { actions: 'Secrets', dependabot: 'Dependabot secrets', codespaces: 'Codespaces secrets' }[kind];
    if (place.of === 'environment')
        return '“Environments: read and write” of the repository';
    return `“${secrets}: read and write” of the ${place.of}`;
}
const LASTING_CAUSES = [
    [/SAML|single sign-on/i, 'Authorise `store-token` for the single sign-on of the organization.'],
    [/archived/i, 'Unarchive the repository, or remove it from `store-in`.'],
    [/IP allow list/i, 'Use a runner whose address is on that list.'],
    [/lifetime/i, 'Give a `store-token` with a shorter lifetime.'],
    [/forbids access via|suspended|administrative rules/i, 'The organization or GitHub itself decides this.'],
];
function lastingCause({ headers }, said) {
    if (headers['x-github-sso'] !== undefined)
        return LASTING_CAUSES[0]?.[1];
    return LASTING_CAUSES.find(([sentence]) => sentence.test(said))?.[1];
}
function adviseForbidden(said, permission) {
    if (said === '')
        return `Has \`store-token\` the permission ${permission}?`;
    if (/not accessible by integration/i.test(said))
        return `The GITHUB_TOKEN of a workflow can never write secrets, and an App only with the permission ${permission}, accepted where it is installed.`;
    const isPermission = /not accessible|must have|must be|not have permission|not authorized/i.test(said);
    return isPermission ? `\`store-token\` lacks the permission ${permission}.` : '';
}

;// CONCATENATED MODULE: ./build/parts/rotate-main/stores/write.js






const MAX_PARALLEL = 4;
async function prepareTargets(ports, { targets, forge, storeToken }, secretNames) {
    const store = openStore(forge, new Secret(storeToken), ports);
    const prepared = [];
    for (let from = 0; from < targets.length; from += MAX_PARALLEL) {
        const some = targets.slice(from, from + MAX_PARALLEL).map((target) => store.prepare(target, secretNames));
        for (const outcome of await Promise.allSettled(some)) {
            if (outcome.status === 'rejected')
                throw outcome.reason;
            prepared.push(outcome.value);
        }
    }
    return prepared;
}
async function writeEverywhere(targets, values, log) {
    const outcomes = new Map();
    for (const [secretName, value] of values) {
        for (const prepared of targets) {
            const before = outcomes.get(prepared);
            if (before?.failed !== undefined)
                continue;
            const result = await prepared.write(secretName, value);
            const { text } = prepared.target;
            log.info(result.kind === 'stored'
                ? `Stored ${secretName} in ${text}.`
                : `${secretName} not stored in ${text}: ${result.why}`);
            outcomes.set(prepared, addOutcome(before, secretName, result, text));
        }
    }
    return [...outcomes.values()];
}
function addOutcome(before, secretName, result, name) {
    const stored = before?.stored ?? [];
    if (result.kind === 'stored')
        return { name, result, stored: [...stored, secretName], failed: undefined };
    const worst = stored.length === 0 ? result : { kind: 'unknown', why: result.why };
    return { name, result: worst, stored, failed: `${secretName}: ${describeFailure(result)}` };
}
function describeFailure({ kind, why }) {
    return kind === 'unknown' ? `may have taken it, ${why}` : why;
}
function refusedEverywhere(written) {
    return written.every(({ result }) => result.kind === 'refused');
}
function storedIn(written) {
    return written.filter(({ result }) => result.kind === 'stored').map(({ name }) => name);
}
function reportWrites(written, earlier) {
    if (storedIn(written).length === written.length)
        return;
    const list = written.map(describeWritten).join('\n');
    if (refusedEverywhere(written)) {
        throw new Failure('store-refused', `No target took the new token:\n${list}`, REMEDIES[earlier].refused);
    }
    throw new Failure('store-partial', `Not every target took the new token:\n${list}`, REMEDIES[earlier].partial);
}
function describeWritten({ name, stored, failed, result }) {
    if (result.kind === 'stored')
        return `- ${name}: took it`;
    if (stored.length > 0)
        return `- ${name}: took ${stored.join(', ')}, but not ${failed ?? ''}`;
    return `- ${name}: ${describeFailure(result)}`;
}
const USED_UP = 'Correct what is said of each target and run it again soon: `refresh-token` was used, and most servers accept it again ' +
    'only until its successor is used, which was not done. The successor is the output `refresh-token`, masked.';
const REMEDIES = {
    untouched: {
        refused: 'Correct what is said of each target and run it again. The secrets stored before are unchanged.',
        partial: 'Correct what is said of each target and run it again. Nothing was ended: the old and the new token stay as valid as they are.',
    },
    'used-up': { refused: USED_UP, partial: USED_UP },
};
const SUFFIX = '_WRITE_CHECK';
const VALUE_BYTES = 16;
async function proveWriting(targets, secretNames, { log, random }) {
    const scratch = scratchName(secretNames);
    const value = Buffer.from(random.bytes(VALUE_BYTES)).toString('hex');
    const problems = [];
    for (const prepared of targets) {
        const { text } = prepared.target;
        const result = await prepared.write(scratch, value);
        if (result.kind === 'stored')
            log.info(`${text} can be written: ${scratch} was stored there.`);
        else
            problems.push(`- ${text}: ${result.why}`);
        if (result.kind !== 'refused')
            await removeScratch(prepared, scratch, log);
    }
    if (problems.length === 0)
        return;
    const list = problems.join('\n');
    throw new Failure('store-refused', `Not every target can be written (tried with ${scratch}):\n${list}`, NOTHING_USED);
}
const NOTHING_USED = 'Correct what is said of each target and run it again. Nothing was used up: the stored tokens are as valid as before.';
async function removeScratch(prepared, scratch, log) {
    const problem = await prepared.remove(scratch);
    if (problem === undefined)
        return;
    log.warning(`The scratch secret ${scratch} in ${prepared.target.text} could not be deleted: ${problem} ` +
        'It holds a random value. Delete it by hand.');
}
function scratchName([first, ...others]) {
    const taken = [first, ...others].map((name) => name.toUpperCase());
    let stem = first.slice(0, MAX_SECRET_NAME - SUFFIX.length);
    while (taken.includes(`${stem}${SUFFIX}`.toUpperCase()))
        stem = stem.slice(0, -1);
    return `${stem}${SUFFIX}`;
}
const STORES = {
    github: { open: githubStore, readHints: readGithubHints },
    forgejo: { open: forgejoStore, readHints: () => readForgejoHints },
};
function openStore({ kind, apiUrl }, token, ports) {
    const { open, readHints } = STORES[kind];
    return open(new ForgeApi(apiUrl, token, ports, readHints(token.reveal())));
}

;// CONCATENATED MODULE: ./build/parts/rotate-main/actions/rotate/refresh.js






async function refreshStored(rotation) {
    const { ports, inputs, targets } = rotation;
    const { runner, random } = ports;
    await proveWriting(targets, [inputs.refreshSecretName, inputs.secretName], { log: runner, random });
    const attempt = prepare(rotation);
    const issued = await issueSession(attempt);
    const refreshToken = issued.refreshToken ?? issued.held;
    if (refreshToken === undefined)
        throw new Error('a refresh without a refresh token');
    const values = [
        [inputs.refreshSecretName, refreshToken.reveal()],
        [inputs.secretName, issued.accessToken.reveal()],
    ];
    const written = await writeEverywhere(targets, values, runner);
    if (written.some(({ failed }) => failed !== undefined))
        setTokenOutputs(runner, issued);
    runner.setOutput('stored-in', storedIn(written).join('\n'));
    reportWrites(written, issued.refreshToken === undefined ? 'untouched' : 'used-up');
    const session = await verifySession(issued, attempt);
    if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId.raw)) {
        throw new Failure('wrong-user', `The refresh token belongs to ${session.userId}, not to ${describeUser(inputs.user)}. Its successor is stored.`, 'Check which account `refresh-token` belongs to. The new tokens of that account are stored, because the old refresh token is used up.');
    }
    setSessionOutputs(runner, session);
    runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString());
    runner.setOutput('retired', '');
    runner.info(`Refreshed ${inputs.secretName} and ${inputs.refreshSecretName} of ${session.userId}.`);
    return { session, written };
}
function prepare({ ports, inputs, client }) {
    const { credential, user, allowHttp } = inputs;
    const { runner } = ports;
    const recorder = new SessionRecorder(runner, {
        logout: 'never',
        homeserverUrl: client.baseUrl,
        deviceId: '',
        user: '',
    });
    const device = { deviceId: '', displayName: '' };
    const context = loginContext(ports, { client, allowHttp, user, device });
    runner.info(`Logging in with ${credential.description}…`);
    return { credential, context, log: runner, recorder, onIssued: (tokens) => setRefreshTokenOutput(runner, tokens) };
}

;// CONCATENATED MODULE: ./build/parts/rotate-main/actions/rotate/replace.js











async function replaceStored(rotation) {
    const { ports, inputs, targets } = rotation;
    const { runner } = ports;
    const { base, name, attempt } = replace_prepare(rotation);
    const { issued, session } = await openVerified(rotation, attempt);
    const isElsewhere = attempt.recorder.phase === 'ended';
    await beginStoring(issued, attempt, isElsewhere);
    const written = await writeEverywhere(targets, [[inputs.secretName, session.accessToken.reveal()]], runner);
    if (refusedEverywhere(written))
        await endUnstored(issued, attempt, isElsewhere);
    else
        setSessionOutputs(runner, session);
    runner.setOutput('stored-in', storedIn(written).join('\n'));
    reportWrites(written, 'untouched');
    runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString());
    return { base, name, session, written, attempt };
}
function replace_prepare(rotation) {
    const { ports, inputs, client } = rotation;
    const { runner, clock, random } = ports;
    const { credential, user, allowHttp, keepDevice } = inputs;
    const run = readRunContext(runner);
    const derived = deviceBase(client.baseUrl, run.forge, run.repository, inputs.secretName);
    const base = inputs.deviceId === '' ? derived : inputs.deviceId;
    const name = rotationDeviceId(base, clock.now(), random.bytes);
    const deviceId = keepDevice ? keptDevice(rotation, base) : name;
    const hasDevice = credential.device !== 'existing';
    if (hasDevice)
        runner.info(keepDevice ? `Device: ${deviceId} (kept), session: ${name}` : `Device: ${name}`);
    const recorder = new SessionRecorder(runner, {
        logout: 'always',
        homeserverUrl: client.baseUrl,
        deviceId: hasDevice ? deviceId : '',
        ...(keepDevice ? { sessionName: name } : {}),
        user: user === undefined ? '' : describeUser(user),
    });
    const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run), sessionName: name };
    const context = loginContext(ports, { client, allowHttp, user, device });
    runner.info(`Logging in with ${credential.description}…`);
    const tokensInUse = [new Secret(inputs.currentToken)];
    return { base, name, attempt: { credential, context, log: runner, recorder, tokensInUse } };
}
function keptDevice({ ports, inputs, current }, base) {
    if (inputs.deviceId !== '')
        return inputs.deviceId;
    if (current === undefined && inputs.currentToken !== '') {
        ports.runner.warning(`The device of \`current-token\` is not known any more, so the new token is on device ${base}. ` +
            'If the bot has its encryption keys on another one, set `device-id` to that.');
    }
    const device = current?.deviceId;
    if (device === undefined)
        return base;
    if (printable(device.raw) === device.raw && !/\s/u.test(device.raw))
        return device.raw;
    throw new Failure('invalid-input', `The device of \`current-token\` (${device}) has an ID that no new token can be asked for. Nothing was changed.`, 'Set `device-id`, or leave `keep-device` out: then each new token has a device of its own.');
}
async function openVerified({ inputs, current }, attempt) {
    const issued = await issueSession(attempt);
    warnOfOtherDevice(issued, attempt);
    try {
        const session = await verifyWithWhoami(issued, attempt);
        for (const wanted of [issued.userId ?? session.userId, current?.userId ?? session.userId]) {
            if (wanted.raw !== session.userId.raw)
                throw anotherUser(session, `${wanted}`);
        }
        if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId.raw))
            throw anotherUser(session, describeUser(inputs.user));
        return { issued, session };
    }
    catch (error) {
        await abandon(issued, attempt);
        throw error;
    }
}
async function beginStoring(issued, attempt, isElsewhere) {
    try {
        attempt.recorder.update({ phase: 'storing' });
    }
    catch (error) {
        if (!isElsewhere)
            await abandon(issued, attempt);
        throw error;
    }
}
function anotherUser({ homeserverUrl, userId }, wanted) {
    return new Failure('wrong-user', `${homeserverUrl} logged in ${userId}, not ${wanted}. Nothing was stored.`);
}
async function endUnstored(issued, attempt, isElsewhere) {
    if (isElsewhere)
        return attempt.recorder.end();
    try {
        attempt.recorder.update({ phase: 'open' });
    }
    catch (error) {
        if (!(error instanceof CommandFileError))
            throw error;
    }
    await abandon(issued, attempt);
}

;// CONCATENATED MODULE: ./build/parts/rotate-main/actions/rotate/rotation.js








async function prepareRotation(ports, inputs) {
    const { secretName, refreshSecretName } = inputs;
    const secretNames = refreshSecretName === '' ? [secretName] : [refreshSecretName, secretName];
    const api = withWaitBudget(ports, inputs.maxWaitMs);
    const targets = await prepareTargets(api, inputs, secretNames);
    const client = await connect(ports, inputs, api);
    const current = await checkCurrentToken(ports, inputs, client);
    return { ports, inputs, client, targets, current };
}
async function checkCurrentToken({ runner }, { currentToken, user }, client) {
    if (currentToken === '') {
        runner.info('`current-token` is empty: the first rotation, or a misspelt name. Nothing older than this rotation depends on it.');
        return undefined;
    }
    if (!isToken(currentToken)) {
        runner.warning('`current-token` holds white space or characters that no token has. The rotation goes on and stores a new one.');
        return undefined;
    }
    const owner = await ownerOf(currentToken, client);
    if (owner === undefined) {
        runner.warning('`current-token` is not valid any more. The rotation goes on and stores a new one.');
    }
    else if (user !== undefined && !isSameUser(user, owner.userId.raw)) {
        const message = `\`current-token\` belongs to ${owner.userId}, not to ${describeUser(user)}. Nothing was changed.`;
        throw new Failure('wrong-user', message);
    }
    return owner;
}
async function ownerOf(currentToken, client) {
    try {
        return await whoami(client, new Secret(currentToken));
    }
    catch (error) {
        if (isUnknownToken(error))
            return undefined;
        if (!(error instanceof ApiError))
            throw error;
        const { refusedToken } = await Promise.resolve().then(() => require('./explain.js'));
        throw refusedToken(error, 'current-token', UNCLEAR) ?? error;
    }
}
const UNCLEAR = 'The server does not say that it is invalid, so nothing was changed.';

;// CONCATENATED MODULE: ./build/parts/rotate-main/actions/rotate/rotate.js








async function rotateAction(ports) {
    const { runner } = ports;
    initializeState(runner);
    const inputs = readRotateInputs(runner, await credentialKinds('rotate', runner));
    if ('skipped' in inputs)
        return deliverSkipped(runner, inputs.skipped);
    try {
        await rotateStored(ports, inputs);
    }
    catch (error) {
        const { withHints } = await Promise.resolve().then(() => require('./explain.js'));
        throw await withHints(error, inputs.hintsFor, ports.clock.now());
    }
    runner.setOutput('failure', '');
}
async function rotateStored(ports, inputs) {
    const rotation = await prepareRotation(ports, inputs);
    if (inputs.credential.singleUse)
        return summarize(rotation, await refreshStored(rotation));
    const replacement = await replaceStored(rotation);
    const { retire } = await Promise.resolve().then(() => require('./retire.js'));
    const retired = await retire({ ...rotation, ...replacement });
    ports.runner.setOutput('retired', retired.join('\n'));
    report(rotation, replacement.session, retired);
    summarize(rotation, { ...replacement, retired });
}
function report({ ports, inputs }, session, retired) {
    const kept = inputs.retire === 'next-rotation' ? ' The replaced token is valid until the next rotation.' : '';
    ports.runner.info(`Rotated ${inputs.secretName} of ${session.userId}: now device ${session.deviceId ?? '(none)'}.${kept} ` +
        (retired.length === 0 ? 'Nothing was retired.' : `Retired: ${retired.join(', ')}.`));
}
function summarize({ ports, inputs }, { session, written, retired = [] }) {
    const { runner } = ports;
    const { schedule } = runner.event();
    const list = (names) => (names.length === 0 ? 'nothing' : names.map(code).join(', '));
    runner.summary(summaryOf(`Matrix rotation: ${code(inputs.secretName)}`, [
        ['User', code(`${session.userId}`)],
        ['Device', session.deviceId === undefined ? 'none' : code(`${session.deviceId}`)],
        ['Stored in', list(storedIn(written))],
        ['Retired', list(retired)],
        [
            'Next rotation',
            typeof schedule === 'string' ? `by the schedule ${code(schedule)}` : 'when the workflow runs again',
        ],
    ]));
}

;// CONCATENATED MODULE: ./build/parts/rotate-main.js




module.exports = __webpack_exports__;
/******/ })()
;