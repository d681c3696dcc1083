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
  AdminApi: () => (AdminApi),
  CREDENTIAL_KINDS: () => (CREDENTIAL_KINDS),
  DEVICE_CODE_GRANT: () => (DEVICE_CODE_GRANT),
  FIND_USER: () => (FIND_USER),
  GET_ADMIN_TOKEN: () => (GET_ADMIN_TOKEN),
  MAKE_SESSION: () => (MAKE_SESSION),
  OAUTH: () => (OAUTH),
  REGISTER_CLIENT: () => (REGISTER_CLIENT),
  ROTATING_KINDS: () => (ROTATING_KINDS),
  TOKEN_PATH: () => (TOKEN_PATH),
  apiScopes: () => (apiScopes),
  endAccountSession: () => (endAccountSession),
  explainMasRefusal: () => (explainMasRefusal),
  findUser: () => (findUser),
  fitsScope: () => (fitsScope),
  introspect: () => (introspect),
  isOAuthRefusal: () => (isOAuthRefusal),
  isOnDevice: () => (isOnDevice),
  listAccountSessions: () => (listAccountSessions),
  listPersonalSessions: () => (listPersonalSessions),
  listPersonalSessionsOn: () => (listPersonalSessionsOn),
  listResources: () => (listResources),
  loginToken: () => (loginToken),
  madeSessionId: () => (madeSessionId),
  makePersonalSession: () => (makePersonalSession),
  readPersonalSession: () => (readPersonalSession),
  registerClient: () => (registerClient),
  reopening: () => (reopening),
  requestToken: () => (requestToken),
  resource: () => (resource),
  revokePersonalSession: () => (revokePersonalSession),
  revokeSession: () => (revokeSession),
  sendAsClient: () => (sendAsClient),
  sessionNameInScope: () => (sessionNameInScope)
});

;// CONCATENATED MODULE: ./build/parts/credentials/from-given-token.js
const { REFRESH, REPEATABLE_MS, accessToken, accessTokenPrefix, refreshTokens, whoami } = require('./given-token.js')

;// CONCATENATED MODULE: ./build/parts/credentials/from-core.js
const { ApiError, Failure, LOGOUT, MATRIX, Secret, ServerText, WHOAMI, call, describeRefusal, expiryOf, isInsecure, isJsonObject, isPlainId, isPrintable, isRefusedWith, isUnrecognized, joinServerTexts, loginCredential, loginIdentifier, loginTokenRequest, malformed, objectMember, parseJsonObject, password: from_core_password, secretMember, stringMember, textMember } = require('./core.js')

;// CONCATENATED MODULE: ./build/parts/credentials/from-explain.js
const { accountFailure, askLoginFlows, explainLoginRefusal, isAboutTheAccount, notOffered, refusal, refusedToken } = require('./explain.js')

;// CONCATENATED MODULE: ./build/parts/credentials/credentials/appservice.js






const FLOW = 'm.login.application_service';
const appserviceToken = {
    input: 'appservice-token',
    form: 'token',
    needsUser: () => 'name',
    logoutAllowed: true,
    rotates: true,
    read: ({ secret }) => appserviceCredential(new Secret(secret)),
};
function appserviceCredential(token) {
    return loginCredential({
        description: 'an application service token',
        needsWhoami: true,
        accessTokens: [token],
        requestTokens: (context) => Promise.resolve(appserviceRequest(token, context)),
        explain: async (error, context) => (await explainAppservice(error, context.client)) ??
            explainLoginRefusal(error, FLOW, context, () => refusedToken(error, 'appservice-token', HINT)),
    });
}
function appserviceRequest(token, context) {
    if (context.user === undefined)
        throw new Error('an application service without a user');
    const credential = { type: FLOW, identifier: loginIdentifier(context.user) };
    return loginTokenRequest(credential, context, { accessToken: token });
}
const HINT = 'Is it the as_token (not the hs_token) of the registration file that the server has loaded, and is `user` in its ' +
    'namespace of users?';
async function explainAppservice(error, client) {
    const { problem } = error;
    if (problem.kind !== 'refused' || accountFailure(error) !== undefined)
        return undefined;
    const { errcode = '' } = problem;
    if (errcode.endsWith('M_APPSERVICE_LOGIN_UNSUPPORTED'))
        return notOffered(error, client, MASQUERADE);
    if (errcode === 'M_EXCLUSIVE')
        return refusal(error, 'token-invalid', HINT);
    return isRefusedWith(error, 404, 'M_UNKNOWN') ? refusal(error, 'wrong-credentials', UNREGISTERED) : undefined;
}
const MASQUERADE = 'Users of this application service do not log in: it acts for them with its own token and ?user_id=@name:example.org ' +
    'on each request.';
const UNREGISTERED = 'The user is in the namespace but was never registered: let the application service register it first ' +
    '(POST /register with type m.login.application_service).';

;// CONCATENATED MODULE: ./build/parts/credentials/credentials/jwt.js










const SYNAPSE_JWT = 'org.matrix.login.jwt';
const jwt = {
    input: 'jwt',
    form: 'token',
    needsUser: userForJwt,
    logoutAllowed: true,
    rotates: true,
    read: (reader) => {
        const token = new Secret(reader.secret);
        return jwtCredential('a JWT', 'jwt', loginType(reader), () => Promise.resolve(token));
    },
};
function userForJwt(reader) {
    return loginType(reader) === SYNAPSE_JWT ? 'none' : 'any';
}
function loginType(reader) {
    const type = reader.text('jwt-login-type');
    return type === '' ? SYNAPSE_JWT : type;
}
function jwtCredential(description, input, type, fetchToken) {
    let last;
    return loginCredential({
        description: `${description} (${type})`,
        requestTokens: async (context) => {
            last = await fetchToken(context);
            return jwtRequest(last, type, context);
        },
        explain: (error, context) => explainLoginRefusal(error, type, context, () => refusedJwt(error, input, last, context)),
    });
}
function jwtRequest(token, type, context) {
    const { user } = context;
    const identifier = type === SYNAPSE_JWT || user === undefined ? {} : { identifier: loginIdentifier(user) };
    return loginTokenRequest({ type, ...identifier, token: token.reveal() }, context);
}
function refusedJwt(error, input, token, context) {
    if (isRefusedWith(error, 404, 'M_UNKNOWN'))
        return refusal(error, 'wrong-credentials', UNKNOWN_USER);
    const refused = refusedToken(error, input, jwt_HINT);
    if (refused !== undefined && token !== undefined) {
        context.group('Claims of the refused token, for its issuer’s and the server’s settings', describeClaims(token));
    }
    return refused;
}
function describeClaims(token) {
    const [, payload, signature] = token.reveal().split('.');
    const isWhole = payload !== undefined && signature !== undefined;
    const claims = isWhole ? parseJsonObject(Buffer.from(payload, 'base64url')) : undefined;
    if (claims === undefined)
        return ['It is not a JSON Web Token: three parts with dots between them, the second one JSON.'];
    return Object.entries(claims).map(([name, value]) => String(new ServerText(`${name}: ${JSON.stringify(value)}`)));
}
const UNKNOWN_USER = 'Does the account exist? `user` must be exactly as the server has it, capitals too.';
const jwt_HINT = 'Compare the claims in the log above with what the server demands: issuer, audience, the claim that names the user, ' +
    'expiry (clocks may differ), and for a module the repository.';
const URL_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_URL';
const TOKEN_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_TOKEN';
const oidcAudience = {
    input: 'oidc-audience',
    form: 'text',
    secretVariables: [TOKEN_VARIABLE],
    needsUser: userForJwt,
    logoutAllowed: true,
    rotates: true,
    incomplete: (reader) => {
        if (URL.canParse(reader.environment(URL_VARIABLE)))
            return undefined;
        return reader.environment('ACT') === 'true' ? { ...NO_ID_TOKEN, hint: ON_ACT } : NO_ID_TOKEN;
    },
    read: (reader) => {
        const source = {
            url: reader.environment(URL_VARIABLE),
            token: new Secret(reader.environment(TOKEN_VARIABLE)),
            audience: reader.secret,
        };
        return jwtCredential('an ID token of this run', 'oidc-audience', loginType(reader), ({ client }) => requestIdToken(source, client.ports));
    },
};
const NO_ID_TOKEN = {
    text: '`oidc-audience` is set, but this job may not ask for an ID token.',
    code: 'missing-credentials',
    hint: 'Give the job `permissions: id-token: write` (with whatever else it needs: naming one permission takes the others away).',
};
const ON_ACT = '`act` gives no ID tokens (https://github.com/nektos/act/issues/2500). Use another credential there.';
const CHANGED = 'The runner sets this variable. Has an earlier step of the job changed it?';
const GIVE_ID_TOKEN = { phrase: 'give an ID token' };
const ID_TOKEN_SERVICE = {
    serverKind: 'an ID token service of a runner',
    readError: (body) => ({ errcode: undefined, text: textMember(body, 'message') }),
    tokenMembers: ['value'],
};
async function requestIdToken({ url, token, audience }, ports) {
    const service = new URL(url);
    if (isInsecure(service, false)) {
        throw new Failure('insecure-url', `${URL_VARIABLE} (${service.origin}) would carry a token without TLS.`, CHANGED);
    }
    service.searchParams.set('audience', audience);
    const request = { operation: GIVE_ID_TOKEN, server: service.origin, method: 'GET', url: service.href };
    const authorization = `Bearer ${token.reveal()}`;
    const answer = await call({ ...request, authorization, dialect: ID_TOKEN_SERVICE, isNotReady }, ports);
    const idToken = secretMember(answer, 'value');
    if (idToken !== undefined)
        return idToken;
    throw new Failure('server-error', `${service.origin} gave no ID token: its answer has no usable value.`);
}
function isNotReady({ status, body }) {
    const text = textMember(parseJsonObject(body) ?? {}, 'message')?.raw ?? Buffer.from(body).toString();
    if (status !== 403 || !/for job in '\w+' state/.test(text))
        return undefined;
    return 'the ID token service does not know yet that the job runs (403)';
}

;// CONCATENATED MODULE: ./build/parts/credentials/credentials/login-token.js






const login_token_FLOW = 'm.login.token';
const loginToken = {
    input: 'login-token',
    form: 'token',
    needsUser: () => 'none',
    logoutAllowed: true,
    rotates: false,
    read: ({ secret }) => loginTokenCredential(new Secret(secret)),
};
function loginTokenCredential(secret) {
    return loginCredential({
        description: 'a login token',
        afterLostAnswer: 'The login token counts as used: get a new one before the next try.',
        requestTokens: (context) => Promise.resolve(loginTokenLogin(secret, context)),
        explain: (error, context) => explainLoginRefusal(error, login_token_FLOW, context, () => refusedToken(error, 'login-token', login_token_HINT)),
    });
}
const login_token_HINT = 'A login token works once, and for seconds to minutes only: 30 s on Matrix Authentication Service, two minutes on ' +
    'Synapse. It must be made in this very run; what can be stored is an `access-token`.';
function loginTokenLogin(secret, context) {
    const prefix = accessTokenPrefix(secret);
    if (prefix !== undefined) {
        const message = `\`login-token\` holds an access token (${prefix}_…); it was not sent.`;
        throw new Failure('token-invalid', message, 'Give it as `access-token` instead.');
    }
    return loginTokenRequest({ type: login_token_FLOW, token: secret.reveal() }, context, { retryPolicy: 'unless-lost' });
}

;// CONCATENATED MODULE: ./build/parts/credentials/oauth/token.js



const OAUTH = {
    serverKind: 'an OAuth 2.0 server',
    readError: (body) => {
        const error = stringMember(body, 'error');
        const words = error !== undefined && /[^a-z_]/.test(error) ? textMember(body, 'error') : undefined;
        return { errcode: stringMember(body, 'errcode') ?? error, text: textMember(body, 'error_description') ?? words };
    },
};
const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
function requestToken(tokenEndpoint, operation, form, ports, retryPolicy = 'always') {
    return call({ ...oauthCall(tokenEndpoint, operation), body: { form }, retryPolicy }, ports);
}
async function sendAsClient(url, operation, { clientId, clientSecret }, form, ports) {
    const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64');
    try {
        return await call({ ...oauthCall(url, operation), body: { form }, authorization: `Basic ${basic}` }, ports);
    }
    catch (error) {
        if (!isRefusedWith(error, 401))
            throw error;
        const credentials = { client_id: clientId, client_secret: clientSecret.reveal() };
        return requestToken(url, operation, { ...form, ...credentials }, ports);
    }
}
function isOAuthRefusal(error, code) {
    return isRefusedWith(error, undefined, code);
}
const INTROSPECT = { phrase: 'say what the token may do' };
async function introspect(endpoint, credentials, token, ports) {
    const answer = await sendAsClient(endpoint, INTROSPECT, credentials, { token: token.reveal() }, ports);
    if (answer['active'] === false)
        return { active: false };
    if (answer['active'] !== true)
        throw malformed('it does not say whether the token is active', oauthCall(endpoint, INTROSPECT));
    return { active: true, scope: (stringMember(answer, 'scope') ?? '').split(' ') };
}
const REVOKE = { phrase: 'revoke the session' };
async function revokeSession(revocationEndpoint, clientId, refreshToken, ports) {
    const form = { token: refreshToken.reveal(), client_id: clientId };
    await call({ ...oauthCall(revocationEndpoint, REVOKE), body: { form }, mayBeEmpty: true }, ports);
}
const REGISTER_CLIENT = { phrase: 'register this program as an OAuth client' };
async function registerClient(endpoint, name, uri, ports) {
    const json = {
        client_name: name,
        client_uri: uri,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/'],
        grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE_GRANT],
    };
    const request = oauthCall(endpoint, REGISTER_CLIENT);
    const clientId = stringMember(await call({ ...request, body: { json } }, ports), 'client_id');
    if (clientId !== undefined && isPrintable(clientId))
        return clientId;
    throw malformed('it has no usable client_id', request, { status: 201 });
}
function apiScopes(deviceId) {
    const scope = (prefix) => `${prefix}:api:* ${prefix}:device:${deviceId}`;
    return [scope('urn:matrix:client'), scope('urn:matrix:org.matrix.msc2967.client')];
}
function oauthCall(url, operation) {
    return { operation, server: new URL(url).origin, method: 'POST', url, dialect: OAUTH };
}

;// CONCATENATED MODULE: ./build/parts/credentials/mas/admin-api.js




const GET_ADMIN_TOKEN = { phrase: 'give a token for its admin API' };
const ADMIN_SCOPE = 'urn:mas:admin';
const MAS_ADMIN = {
    serverKind: 'a Matrix Authentication Service',
    readError: (body) => {
        const errors = body['errors'];
        const first = Array.isArray(errors) ? errors[0] : undefined;
        return { errcode: undefined, text: isJsonObject(first) ? textMember(first, 'title') : undefined };
    },
};
class AdminApi {
    address;
    #token;
    #ports;
    constructor(address, token, ports) {
        this.address = address;
        this.#token = token;
        this.#ports = ports;
    }
    static async open(address, credentials, ports) {
        const form = { grant_type: 'client_credentials', scope: ADMIN_SCOPE };
        const answer = await sendAsClient(address.tokenEndpoint, GET_ADMIN_TOKEN, credentials, form, ports);
        const token = secretMember(answer, 'access_token');
        if (token === undefined) {
            throw malformed('it has no usable access_token', { server: serverOf(address), operation: GET_ADMIN_TOKEN });
        }
        return new AdminApi(address, token, ports);
    }
    withPorts(ports) {
        return new AdminApi(this.address, this.#token, ports);
    }
    get server() {
        return serverOf(this.address);
    }
    send({ path, body, ...request }) {
        return call({
            ...request,
            server: this.server,
            url: `${this.address.issuer}/api/admin/v1${path}`,
            authorization: `Bearer ${this.#token.reveal()}`,
            dialect: MAS_ADMIN,
            ...(body === undefined ? {} : { body: { json: body } }),
        }, this.#ports);
    }
}
const REOPEN_AFTER_MS = 4 * 60_000;
function reopening(open) {
    let last;
    return async (context) => {
        const at = context.now();
        if (last === undefined || at - last.at >= REOPEN_AFTER_MS)
            last = { at, opened: await open(context, last?.opened) };
        return last.opened;
    };
}
function serverOf({ issuer }) {
    return String(new ServerText(issuer)) || 'The authentication service';
}
function resource(value) {
    if (!isJsonObject(value))
        return undefined;
    const id = stringMember(value, 'id');
    if (id === undefined || !isPlainId(id) || !isJsonObject(value['attributes']))
        return undefined;
    return { id, attributes: objectMember(value, 'attributes') };
}
const FIND_USER = { phrase: 'find the user' };
async function findUser(api, localpart) {
    const path = `/users/by-username/${encodeURIComponent(localpart)}`;
    const found = resource((await api.send({ operation: FIND_USER, method: 'GET', path }))['data']);
    if (found === undefined)
        throw malformed('it has no user in it', { server: api.server, operation: FIND_USER });
    const isSet = (name) => found.attributes[name] !== null && found.attributes[name] !== undefined;
    return { id: found.id, isLocked: isSet('locked_at'), isDeactivated: isSet('deactivated_at') };
}
const PAGE = 100;
const MAX_PAGES = 100;
async function listResources(api, operation, path, filter) {
    const found = new Map();
    let after;
    for (let page = 0; page < MAX_PAGES; page += 1) {
        const paging = { 'page[first]': String(PAGE), ...(after === undefined ? {} : { 'page[after]': after }) };
        const query = new URLSearchParams({ ...filter, ...paging });
        const answer = await api.send({ operation, method: 'GET', path: `${path}?${query}` });
        const resources = resourcesIn(api, operation, answer);
        const known = found.size;
        for (const each of resources)
            found.set(each.id, each);
        after = resources.at(-1)?.id;
        if (found.size === known || typeof objectMember(answer, 'links')['next'] !== 'string')
            break;
    }
    return [...found.values()];
}
function resourcesIn(api, operation, answer) {
    const data = answer['data'];
    if (!Array.isArray(data))
        throw malformed('it has no list in it', { server: api.server, operation });
    return data.map(resource).filter((entry) => entry !== undefined);
}

;// CONCATENATED MODULE: ./build/parts/credentials/mas/sessions.js



const MAKE_SESSION = { phrase: 'make a personal access token' };
const LIST_TOKENS = { phrase: 'list personal access tokens' };
const REVOKE_SESSION = { phrase: 'revoke the personal access token' };
const DEVICE_SCOPE = 'urn:matrix:client:device:';
const UNSTABLE_DEVICE_SCOPE = 'urn:matrix:org.matrix.msc2967.client:device:';
function deviceScope(deviceId) {
    return `${DEVICE_SCOPE}${deviceId}`;
}
function fitsScope(deviceId) {
    return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(deviceId);
}
function isOnDevice({ scope }, deviceId) {
    return scope.some((part) => part === deviceScope(deviceId) || part === `${UNSTABLE_DEVICE_SCOPE}${deviceId}`);
}
const SESSION_SCOPE = 'urn:matrix-access-token:session:';
async function makePersonalSession(api, session) {
    const marker = session.isNamedInScope ? ` ${SESSION_SCOPE}${session.name}` : '';
    return api.send({
        operation: MAKE_SESSION,
        method: 'POST',
        path: '/personal-sessions',
        retryPolicy: 'unless-lost',
        body: {
            actor_user_id: session.userId,
            human_name: session.name,
            scope: `urn:matrix:client:api:* ${deviceScope(session.deviceId)}${marker}`,
            ...(session.expiresIn === undefined ? {} : { expires_in: session.expiresIn }),
        },
    });
}
function sessionNameInScope(scope) {
    const names = scope.filter((part) => part.startsWith(SESSION_SCOPE));
    return names.length === 1 ? names[0]?.slice(SESSION_SCOPE.length) : undefined;
}
const TOKEN_PATH = ['data', 'attributes'];
function madeSessionId(answer) {
    return resource(answer['data'])?.id;
}
function readPersonalSession(api, answer) {
    const made = resource(answer['data']);
    const request = { server: api.server, operation: MAKE_SESSION };
    if (made === undefined)
        throw malformed('it has no usable session ID', request, { status: 201, answerLost: true });
    const end = made.attributes['expires_at'];
    if (end === undefined || end === null)
        return {};
    const expiresAt = typeof end === 'string' ? Date.parse(end) : Number.NaN;
    return { expiresAt: Number.isNaN(expiresAt) ? 'malformed' : expiresAt };
}
function listPersonalSessions(api, userId) {
    return list(api, { 'filter[actor_user]': userId }, userId);
}
async function listPersonalSessionsOn(api, userId, deviceId) {
    const filter = { 'filter[actor_user]': userId, 'filter[scope]': deviceScope(deviceId) };
    return (await list(api, filter, userId)).filter(({ scope }) => scope.includes(deviceScope(deviceId)));
}
async function list(api, filter, userId) {
    const query = { ...filter, 'filter[status]': 'active' };
    const resources = await listResources(api, LIST_TOKENS, '/personal-sessions', query);
    return resources
        .filter(({ attributes }) => isActiveSessionOf(attributes, userId))
        .map(({ id, attributes }) => readListed(id, attributes));
}
function isActiveSessionOf(attributes, userId) {
    return stringMember(attributes, 'actor_user_id') === userId && typeof attributes['revoked_at'] !== 'string';
}
function readListed(id, attributes) {
    const scope = (stringMember(attributes, 'scope') ?? '').split(' ');
    return { id, name: stringMember(attributes, 'human_name') ?? '', scope };
}
async function revokePersonalSession(api, id) {
    const path = `/personal-sessions/${encodeURIComponent(id)}/revoke`;
    try {
        await api.send({ operation: REVOKE_SESSION, method: 'POST', path });
        return 'ended';
    }
    catch (error) {
        if (error instanceof ApiError && error.problem.kind === 'refused' && error.problem.status === 409) {
            return 'was-over';
        }
        throw error;
    }
}
const KINDS = ['compat', 'oauth2', 'personal'];
const LIST_SESSIONS = { phrase: 'list the sessions of the account' };
const END_SESSION = { phrase: 'end the session' };
const FACTS = {
    compat: { owner: 'user_id', filter: 'filter[user]', end: 'finish', endedAt: 'finished_at' },
    oauth2: { owner: 'user_id', filter: 'filter[user]', end: 'finish', endedAt: 'finished_at' },
    personal: { owner: 'actor_user_id', filter: 'filter[actor_user]', end: 'revoke', endedAt: 'revoked_at' },
};
async function listAccountSessions(api, userId) {
    const lists = [];
    for (const kind of KINDS)
        lists.push(await listKind(api, userId, kind));
    return lists.flat();
}
async function listKind(api, userId, kind) {
    const { owner, filter, endedAt } = FACTS[kind];
    const query = { [filter]: userId, 'filter[status]': 'active' };
    const resources = await listResources(api, LIST_SESSIONS, `/${kind}-sessions`, query);
    const own = resources.filter(({ attributes }) => stringMember(attributes, owner) === userId);
    return own.filter(({ attributes }) => typeof attributes[endedAt] !== 'string').map((each) => readSession(kind, each));
}
function readSession(kind, { id, attributes }) {
    const deviceId = stringMember(attributes, 'device_id') ?? deviceInScope(stringMember(attributes, 'scope') ?? '');
    const displayName = stringMember(attributes, 'human_name');
    const lastSeenAt = timeIn(attributes, 'last_active_at');
    return {
        kind,
        id,
        ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
        ...(displayName === undefined ? {} : { displayName: new ServerText(displayName) }),
        ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
    };
}
function deviceInScope(scope) {
    return /(?:^| )urn:matrix:(?:org\.matrix\.msc2967\.)?client:device:(\S+)/.exec(scope)?.[1];
}
function timeIn(attributes, name) {
    const time = Date.parse(stringMember(attributes, name) ?? '');
    return Number.isNaN(time) ? undefined : time;
}
async function endAccountSession(api, { kind, id }) {
    const path = `/${kind}-sessions/${encodeURIComponent(id)}/${FACTS[kind].end}`;
    try {
        await api.send({ operation: END_SESSION, method: 'POST', path });
    }
    catch (error) {
        if (!isRefusedWith(error, kind === 'personal' ? 409 : 400))
            throw error;
    }
}

;// CONCATENATED MODULE: ./build/parts/credentials/from-logout-main.js
const { FIND_OAUTH, discoverOAuth } = require('./logout-main.js')

;// CONCATENATED MODULE: ./build/parts/credentials/credentials/mas-admin.js










const masClient = {
    input: 'mas-client-id',
    form: 'text',
    companions: ['mas-client-secret'],
    options: ['valid-for'],
    needsUser: () => 'name',
    logoutAllowed: true,
    rotates: true,
    incomplete: (reader) => {
        if (reader.companion('mas-client-secret') === '')
            return NO_SECRET;
        if (reader.secret === '')
            return NO_ID;
        const deviceId = reader.text('device-id').replace(/[\s\p{Cc}]/gu, '');
        return deviceId === '' || fitsScope(deviceId) ? undefined : UNUSUAL_DEVICE_INPUT;
    },
    read: (reader) => {
        const clientSecret = new Secret(reader.companion('mas-client-secret'));
        return masCredential({ clientId: reader.secret, clientSecret }, reader.validForMs);
    },
};
const NO_SECRET = {
    text: '`mas-client-id` is set, and `mas-client-secret` is not.',
    code: 'invalid-input',
    hint: 'Check the spelling after `secrets.`: a secret that does not exist is an empty string.',
};
const NO_ID = {
    text: '`mas-client-secret` is set, and `mas-client-id` is not.',
    code: 'invalid-input',
    hint: 'Set it to the client_id of the same client, a ULID.',
};
const UNUSUAL_DEVICE = 'has a character that the scope of a token cannot hold: a blank, a quotation mark, a backslash or a character beyond ASCII.';
const UNUSUAL_DEVICE_INPUT = {
    text: `\`device-id\` ${UNUSUAL_DEVICE}`,
    code: 'invalid-input',
    hint: 'Set `device-id` to letters, digits and `-._~`.',
};
function masCredential(client, validForMs) {
    const access = adminAccess(client);
    return {
        description: 'a client of the admin API of Matrix Authentication Service',
        device: 'personal',
        opensSession: true,
        singleUse: false,
        needsWhoami: true,
        afterLostAnswer: 'A personal access token may exist whose value was lost; its session is on the device named above.',
        requestTokens: async (context) => personalTokenRequest(await access(context), client, validForMs, context),
        explain: (error, context) => explainMasRefusal(error, context.client),
        previousSessions: (context) => personalSessions(access, client, context),
    };
}
function adminAccess(client) {
    const opened = reopening(async (context, expiring) => {
        const { issuer, tokenEndpoint, introspectionEndpoint } = await discoverOAuth(context.client, context.allowHttp);
        const api = await AdminApi.open({ issuer, tokenEndpoint }, client, context.client.ports);
        return { api, user: expiring?.user ?? (await findActiveUser(api, context)), introspectionEndpoint };
    });
    return async (context) => {
        const access = await opened(context);
        return { ...access, api: access.api.withPorts(context.client.ports) };
    };
}
async function findActiveUser(api, { user }) {
    if (user === undefined || !('localpart' in user))
        throw new Error('an administrator without a user');
    const found = await findUser(api, user.localpart);
    const at = `the account ${user.localpart} at ${api.server} is`;
    if (found.isDeactivated)
        throw new Failure('account-deactivated', `${at} deactivated. No token was made.`);
    if (found.isLocked)
        throw new Failure('account-locked', `${at} locked. No token was made.`);
    return found;
}
function personalTokenRequest({ api, user }, adminClient, validForMs, { device }) {
    if (!fitsScope(device.deviceId)) {
        throw new Failure('invalid-input', `The device ID ${UNUSUAL_DEVICE} No token was made.`, UNUSUAL_DEVICE_INPUT.hint);
    }
    const name = device.sessionName ?? device.displayName;
    return {
        send: () => makePersonalSession(api, {
            userId: user.id,
            deviceId: device.deviceId,
            name,
            isNamedInScope: device.sessionName !== undefined && device.sessionName !== device.deviceId,
            expiresIn: validForMs === undefined ? undefined : Math.ceil(validForMs / 1000),
        }),
        tokensAt: TOKEN_PATH,
        teardown: (answer) => {
            const id = madeSessionId(answer);
            return id === undefined ? undefined : teardownOf(api, id);
        },
        read: (answer) => ({ deviceId: device.deviceId, ...readPersonalSession(api, answer) }),
        adminClient,
    };
}
function teardownOf({ address }, sessionId) {
    const { issuer, tokenEndpoint } = address;
    return { kind: 'personal-session', issuer, tokenEndpoint, sessionId };
}
function personalSessions(access, client, context) {
    const listed = (api, sessions) => sessions.map((session) => ({
        name: session.name,
        teardown: teardownOf(api, session.id),
        isMarked: sessionNameInScope(session.scope) !== undefined,
        isOn: (deviceId) => isOnDevice(session, deviceId),
    }));
    return {
        list: async () => {
            const { api, user } = await access(context);
            return listed(api, await listPersonalSessions(api, user.id));
        },
        listOn: async (deviceId) => {
            const { api, user } = await access(context);
            return listed(api, await listPersonalSessionsOn(api, user.id, deviceId));
        },
        sessionOf: async (token) => {
            const { introspectionEndpoint } = await access(context);
            if (introspectionEndpoint === undefined)
                return { state: 'unknown' };
            const found = await introspect(introspectionEndpoint, client, token, context.client.ports);
            return found.active ? { state: 'active', name: sessionNameInScope(found.scope) } : { state: 'inactive' };
        },
    };
}
async function explainMasRefusal(error, client) {
    const { problem, operation } = error;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    if (operation === FIND_OAUTH && isUnrecognized(error))
        return notOffered(error, client, NO_MAS);
    if (operation === GET_ADMIN_TOKEN && isRefusedWith(error, 401))
        return refusal(error, 'wrong-credentials', CLIENT);
    if (operation === GET_ADMIN_TOKEN && isOAuthRefusal(error, 'invalid_scope'))
        return refusal(error, 'denied', SCOPE);
    if (operation === FIND_USER && problem.kind === 'foreign')
        return notOffered(error, client, NO_ADMIN_API);
    if (operation === FIND_USER && isRefusedWith(error, 404))
        return refusal(error, 'wrong-credentials', mas_admin_UNKNOWN_USER);
    if (operation === FIND_USER && isRefusedWith(error, 401))
        return refusal(error, 'denied', SCOPE);
    if (operation === MAKE_SESSION && isRefusedWith(error, 410))
        return refusal(error, 'account-deactivated');
    return operation === WHOAMI ? refusedToken(error, 'mas-client-id', NOT_ACCEPTED) : undefined;
}
const NO_MAS = 'This homeserver has no Matrix Authentication Service. On Synapse without it, `synapse-admin-token` does the same.';
const CLIENT = 'Check `mas-client-id` and `mas-client-secret` against the clients in the configuration of the service.';
const SCOPE = 'The client may not use the admin API: list its ID under policy.data.admin_clients in the configuration of the service.';
const NO_ADMIN_API = 'The admin API is not reachable at this address: add the resource adminapi to a listener of the service, and forward ' +
    '/api/admin to it.';
const mas_admin_UNKNOWN_USER = 'Does the account exist there? `user` is a name (bot) or a user ID (@bot:example.org).';
const NOT_ACCEPTED = 'The token was made, but the homeserver rejects it: is the account locked, or the device ID unusual?';

;// CONCATENATED MODULE: ./build/parts/credentials/credentials/refresh-token.js








const refreshToken = {
    input: 'refresh-token',
    form: 'token',
    options: ['oauth-client-id'],
    needsUser: () => 'none',
    logoutAllowed: true,
    rotates: true,
    refreshes: true,
    read: (reader) => refreshCredential(new Secret(reader.secret), reader.text('oauth-client-id')),
};
function refreshCredential(token, clientId) {
    return {
        description: clientId === '' ? 'a refresh token' : 'a refresh token of an OAuth client',
        device: 'existing',
        opensSession: false,
        singleUse: true,
        needsWhoami: true,
        afterLostAnswer: 'Whether the refresh token was used up is not known. Run again soon: until the new one is used, Synapse accepts the ' +
            'old one again, Matrix Authentication Service with `oauth-client-id` too (without, never), Tuwunel for 15 seconds.',
        requestTokens: (context) => clientId === '' ? Promise.resolve(refreshAtHomeserver(token, context)) : refreshByOAuth(token, clientId, context),
        explain: (error, { client }) => explainRefresh(error, client),
    };
}
function refreshAtHomeserver(token, { client, now }) {
    return {
        send: () => refreshTokens(client, token),
        held: token,
        teardown: () => LOGOUT,
        read: (answer) => expiryOf(answer, 'expires_in_ms', 1, now()),
    };
}
async function refreshByOAuth(token, clientId, context) {
    const { client, allowHttp, now } = context;
    const { tokenEndpoint, revocationEndpoint = '' } = await discoverOAuth(client, allowHttp);
    const form = { grant_type: 'refresh_token', refresh_token: token.reveal(), client_id: clientId };
    return {
        send: () => requestToken(tokenEndpoint, REFRESH, form, client.ports, REPEATABLE_MS),
        held: token,
        teardown: () => ({ kind: 'revocation', revocationEndpoint, clientId }),
        read: (answer) => expiryOf(answer, 'expires_in', 1000, now()),
    };
}
async function explainRefresh(error, client) {
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    if (isUnrecognized(error))
        return notOffered(error, client, error.operation === FIND_OAUTH ? NO_OAUTH : NO_REFRESH);
    if (isOAuthRefusal(error, 'invalid_client'))
        return refusal(error, 'wrong-credentials', OTHER_CLIENT);
    if (['invalid_grant', 'unauthorized_client'].some((code) => isOAuthRefusal(error, code))) {
        return refusal(error, 'token-invalid', USED_UP);
    }
    const isAboutToken = error.operation === REFRESH && error.dialect === MATRIX;
    return isAboutToken ? refusedToken(error, 'refresh-token', USED_UP) : undefined;
}
const USED_UP = 'It was used already, has expired, or its session is over. Synapse accepts a used one again until its successor is used; ' +
    'Matrix Authentication Service forgives nothing at /refresh, and at OAuth only until the new tokens are used; Tuwunel ' +
    'deletes the device of one that is repeated after 15 seconds. Log in anew and store the new refresh token.';
const NO_REFRESH = 'This homeserver has no refresh tokens (Synapse, Matrix Authentication Service and Tuwunel have). If the token comes ' +
    'from an OAuth login, set `oauth-client-id` to the client that it was given to.';
const NO_OAUTH = 'This homeserver has no OAuth 2.0 API: leave `oauth-client-id` out.';
const OTHER_CLIENT = 'Set `oauth-client-id` to the client ID that the refresh token was given to.';

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./build/parts/credentials/credentials/shared-secret.js








const shared_secret_FLOW = 'com.devture.shared_secret_auth';
const PASSWORD_FLOW = 'm.login.password';
const sharedSecret = {
    input: 'shared-secret',
    form: 'password',
    needsUser: () => 'user-id',
    logoutAllowed: true,
    rotates: true,
    read: ({ secret }) => sharedSecretCredential(new Secret(secret)),
};
function sharedSecretCredential(secret) {
    return loginCredential({
        description: 'the shared secret',
        requestTokens: (context) => Promise.resolve(sharedSecretRequest(secret, context)),
        explain: (error, context) => explainLoginRefusal(error, shared_secret_FLOW, context, () => isAboutTheAccount(error) ? refusal(error, 'wrong-credentials', WRONG_PROOF) : undefined),
    });
}
function sharedSecretRequest(secret, context) {
    const { user, client, mask } = context;
    if (user?.kind !== 'user-id')
        throw new Error('a shared secret without a user ID');
    const proof = (0,external_node_crypto_namespaceObject.createHmac)('sha512', secret.reveal()).update(user.userId).digest('hex');
    mask(proof);
    const identifier = { type: 'm.id.user', user: user.userId };
    return {
        ...loginTokenRequest({ type: shared_secret_FLOW, identifier, token: proof }, context),
        alternative: async () => {
            const flows = await askLoginFlows(client);
            if (flows === undefined || flows.includes(shared_secret_FLOW) || !flows.includes(PASSWORD_FLOW))
                return undefined;
            return {
                ...loginTokenRequest({ type: PASSWORD_FLOW, identifier, password: proof }, context),
                explain: (error) => explainProofAsPassword(error, flows),
            };
        },
    };
}
function explainProofAsPassword(error, flows) {
    if (accountFailure(error) !== undefined || !isAboutTheAccount(error))
        return undefined;
    const message = `${describeRefusal(error)} The server does not offer ${shared_secret_FLOW}; it offers: ${joinServerTexts(flows)}. ` +
        'The same proof was tried as a password.';
    return new Failure('method-unavailable', message, NOT_INSTALLED, { cause: error });
}
const NOT_INSTALLED = 'Is matrix-synapse-shared-secret-auth installed and listed under modules? If it is, with its login type switched off, ' +
    'the shared secret or the user ID (exactly as the server has it, capitals too) is another one.';
const WRONG_PROOF = 'Is it the shared_secret of the module, and is `user` the whole user ID, exactly as the server has it? ' +
    'Capitals, the name of another server and a user that does not exist are answered in the same way.';

;// CONCATENATED MODULE: ./build/parts/credentials/credentials/synapse-admin.js






const LOG_IN_AS = { phrase: 'log in as the user' };
const synapseAdminToken = {
    input: 'synapse-admin-token',
    form: 'token',
    options: ['valid-for'],
    needsUser: () => 'name',
    logoutAllowed: true,
    rotates: true,
    endsByItself: true,
    read: ({ secret, validForMs }) => synapseAdminCredential(new Secret(secret), validForMs),
};
function synapseAdminCredential(admin, validForMs) {
    return {
        description: 'the token of a Synapse administrator',
        device: 'existing',
        opensSession: true,
        singleUse: false,
        needsWhoami: true,
        accessTokens: [admin],
        afterLostAnswer: `A token may exist whose value was lost${validForMs === undefined ? '' : '; it expires by itself'}.`,
        requestTokens: (context) => logInAs(admin, validForMs, context),
        explain: (error, { client }) => explainAdminRefusal(error, client),
    };
}
async function logInAs(admin, validForMs, context) {
    const { client, now } = context;
    const userId = await fullUserId(admin, context);
    const expiresAt = validForMs === undefined ? undefined : now() + validForMs;
    return {
        send: () => client.send({
            operation: LOG_IN_AS,
            method: 'POST',
            path: `/_synapse/admin/v1/users/${encodeURIComponent(userId)}/login`,
            body: expiresAt === undefined ? {} : { valid_until_ms: expiresAt },
            accessToken: admin,
            retryPolicy: 'unless-lost',
        }),
        teardown: () => LOGOUT,
        read: () => (expiresAt === undefined ? {} : { expiresAt }),
    };
}
async function fullUserId(admin, { user, client }) {
    if (user === undefined || !('localpart' in user))
        throw new Error('an administrator without a user');
    if (user.kind === 'user-id')
        return user.userId;
    const own = (await whoami(client, admin)).userId.raw;
    return `@${user.localpart}${own.slice(own.indexOf(':'))}`;
}
async function explainAdminRefusal(error, client) {
    const { problem } = error;
    if (error.operation !== LOG_IN_AS)
        return accountFailure(error) ?? refusedToken(error, 'synapse-admin-token', NOT_ADMIN);
    if (problem.kind === 'foreign' || isUnrecognized(error))
        return notOffered(error, client, HIDDEN);
    if (problem.kind !== 'refused')
        return undefined;
    if (problem.status === 404)
        return refusal(error, 'wrong-credentials', synapse_admin_UNKNOWN_USER);
    if (problem.status === 400)
        return refusal(error, 'denied', NOT_THIS_USER);
    return refusedToken(error, 'synapse-admin-token', NOT_ADMIN);
}
const HIDDEN = 'The admin API is not reachable at this address: most proxies do not forward /_synapse/admin (use a self-hosted runner ' +
    'inside the network), other homeservers than Synapse and Tuwunel have none, and behind Matrix Authentication Service it ' +
    'is switched off (set `mas-client-id` and `mas-client-secret` instead).';
const synapse_admin_UNKNOWN_USER = 'Does the account exist? The user ID must be exactly as the server has it, capitals too.';
const NOT_THIS_USER = 'An administrator can log in as another user of the same server only: not as itself (give its token as `access-token`), ' +
    'and not as a user of another server.';
const NOT_ADMIN = 'Is it the access token of an account with administrator rights on this server, and is it still valid?';

;// CONCATENATED MODULE: ./build/parts/credentials/credentials/index.js









const CREDENTIAL_KINDS = [
    from_core_password,
    accessToken,
    loginToken,
    jwt,
    oidcAudience,
    appserviceToken,
    sharedSecret,
    synapseAdminToken,
    masClient,
    refreshToken,
];
const ROTATING_KINDS = CREDENTIAL_KINDS.filter(({ rotates }) => rotates);

;// CONCATENATED MODULE: ./build/parts/credentials.js







module.exports = __webpack_exports__;
/******/ })()
;