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
  FIND_OAUTH: () => (FIND_OAUTH),
  TeardownError: () => (TeardownError),
  accountManagementUrl: () => (accountManagementUrl),
  discoverOAuth: () => (discoverOAuth),
  endIssued: () => (endIssued),
  endOrName: () => (endOrName),
  endPreviousOnDevice: () => (endPreviousOnDevice),
  endSession: () => (endSession),
  endSessionOf: () => (endSessionOf),
  loginPostAction: () => (loginPostAction),
  logoutAction: () => (logoutAction),
  maskInputsAgain: () => (maskInputsAgain),
  nameSession: () => (nameSession),
  readAdminClient: () => (readAdminClient),
  readLogoutInputs: () => (readLogoutInputs),
  savedCredentialsFile: () => (savedCredentialsFile),
  savedSession: () => (savedSession),
  savedTokens: () => (savedTokens),
  whereToEnd: () => (whereToEnd)
});

;// CONCATENATED MODULE: ./build/parts/logout-main/from-core.js
const { ApiError, Failure, INPUT_NAMES, LOGOUT, LOGOUT_MODES, MatrixClient, NetworkError, Problems, SESSION_PHASES, STATE, Secret, ServerText, checkToken, connect, credentialKinds, describeRefusal, hideServerText, insecureDiscovery, isAsRequested, isInsecure, isJsonObject, isPlainId, isUnrecognized, malformed, maskSecretInputs, maskSecretVariables, parseJsonObject, printable, proofOf, readAllowHttp, readHomeserver, readMaxWait, screenInputs, secretMember, secretText, stringMember, withDeadline, withinTime } = require('./core.js')

;// CONCATENATED MODULE: ./build/parts/logout-main/from-given-token.js
const { REFRESH, isTokenActive, isUnknownToken, refreshTokens, requestLogout, whoami } = require('./given-token.js')

;// CONCATENATED MODULE: ./build/parts/logout-main/oauth/metadata.js




const FIND_OAUTH = { phrase: 'say where its OAuth 2.0 API is (auth_metadata)' };
const MAX_URL_LENGTH = 2_048;
const STABLE = '/_matrix/client/v1/auth_metadata';
const UNSTABLE = '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata';
async function discoverOAuth(client, allowHttp) {
    const { path, metadata } = await fetchMetadata(client);
    const url = (member) => endpoint(client, path, metadata, member, allowHttp);
    const [issuer, tokenEndpoint, revocationEndpoint] = ['issuer', 'token_endpoint', 'revocation_endpoint'].map(url);
    const registrationEndpoint = url('registration_endpoint');
    const deviceAuthorizationEndpoint = url('device_authorization_endpoint');
    const introspectionEndpoint = url('introspection_endpoint');
    if (issuer === undefined || tokenEndpoint === undefined) {
        throw malformed('it has no usable issuer and token_endpoint', { server: client.baseUrl, operation: FIND_OAUTH });
    }
    return {
        issuer: issuer.replace(/\/+$/, ''),
        tokenEndpoint,
        ...(revocationEndpoint === undefined ? {} : { revocationEndpoint }),
        ...(registrationEndpoint === undefined ? {} : { registrationEndpoint }),
        ...(deviceAuthorizationEndpoint === undefined ? {} : { deviceAuthorizationEndpoint }),
        ...(introspectionEndpoint === undefined ? {} : { introspectionEndpoint }),
    };
}
async function fetchMetadata(client) {
    const ask = (path) => client.send({ operation: FIND_OAUTH, method: 'GET', path });
    try {
        return { path: STABLE, metadata: await ask(STABLE) };
    }
    catch (error) {
        if (!isUnrecognized(error))
            throw error;
        return { path: UNSTABLE, metadata: await ask(UNSTABLE) };
    }
}
function endpoint(client, path, metadata, member, allowHttp) {
    const text = stringMember(metadata, member);
    if (text === undefined || text.length > MAX_URL_LENGTH || !URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
    const inClear = url.protocol !== 'https:' && !allowHttp && client.baseUrl.startsWith('https://');
    if (!isHttp || isInsecure(url, allowHttp) || inClear)
        throw insecureDiscovery(client.baseUrl + path, new ServerText(text), INSECURE_HINT);
    return text;
}
const INSECURE_HINT = 'Correct it in the configuration of the authentication service.';
const answers = new WeakMap();
async function accountManagementUrl(client, action, deviceId) {
    const asked = answers.get(client) ?? client.askOnce(STABLE);
    answers.set(client, asked);
    const metadata = await asked;
    return metadata === undefined ? undefined : accountPage(metadata, client.baseUrl, action, deviceId);
}
const PLAIN_PART = /^(?:[\w.~-]{0,11}|[A-Za-z]+(?:[_-]+[A-Za-z]+)*\d{0,3})$/;
const MAX_DIGITS = 12;
function accountPage(metadata, baseUrl, action, deviceId) {
    const text = stringMember(metadata, 'account_management_uri') ?? '';
    if (text.length > MAX_URL_LENGTH || !URL.canParse(text))
        return undefined;
    const { protocol, origin, hostname, pathname } = new URL(text);
    const isWeb = protocol === 'https:' || (protocol === 'http:' && baseUrl.startsWith('http:'));
    if (!isWeb || isInsecure(new URL(text), false))
        return undefined;
    const url = new URL(origin + pathname);
    if (![...hostname.split('.'), ...pathname.split('/')].every((part) => PLAIN_PART.test(part)))
        return undefined;
    if ((hostname + pathname).replace(/\D/g, '').length > MAX_DIGITS)
        return undefined;
    const supported = metadata['account_management_actions_supported'];
    if (!Array.isArray(supported) || supported.includes(action)) {
        url.searchParams.set('action', action);
        if (deviceId !== undefined)
            url.searchParams.set('device_id', deviceId);
    }
    return printable(url.href) === url.href ? url.href : undefined;
}

;// CONCATENATED MODULE: ./build/parts/logout-main/session/teardown.js







class TeardownError extends Error {
    constructor(message) {
        super(message);
        this.name = 'TeardownError';
    }
}
async function endSession(context) {
    const { teardown, client } = context;
    if (isSuccessor(context))
        throw new TeardownError(SUCCESSOR);
    switch (teardown.kind) {
        case 'logout':
            return logOut(context);
        case 'revocation':
            return revoke(teardown.revocationEndpoint, teardown.clientId, context);
        case 'personal-session': {
            const { adminClient } = context;
            if (adminClient === undefined)
                throw new TeardownError('`mas-client-id` and `mas-client-secret` are not set here');
            const { AdminApi } = await Promise.resolve().then(() => require('./credentials.js'));
            const { revokePersonalSession } = await Promise.resolve().then(() => require('./credentials.js'));
            return revokePersonalSession(await AdminApi.open(teardown, adminClient, client.ports), teardown.sessionId);
        }
    }
}
async function logOut(context) {
    const { client, refreshToken } = context;
    const result = await requestLogout(client, ownToken(context));
    if (result === 'ended' || refreshToken === undefined)
        return result;
    const accessToken = await renewedToken(client, refreshToken);
    if (accessToken === undefined)
        return result;
    if (isSuccessor({ ...context, accessToken }))
        throw new TeardownError(SUCCESSOR);
    return requestLogout(client, accessToken);
}
async function renewedToken(client, refreshToken) {
    try {
        const accessToken = secretMember(await refreshTokens(client, refreshToken), 'access_token');
        if (accessToken !== undefined)
            return accessToken;
    }
    catch (error) {
        if (isUnknownToken(error))
            return undefined;
        throw error;
    }
    throw malformed('it has no usable access_token', { server: client.baseUrl, operation: REFRESH });
}
function isSuccessor({ teardown, accessToken, successor }) {
    if (successor === undefined)
        return false;
    const { teardown: other } = successor;
    if (teardown.kind === 'personal-session')
        return other.kind === 'personal-session' && other.sessionId === teardown.sessionId;
    return accessToken?.reveal() === successor.accessToken.reveal();
}
const SUCCESSOR = 'the server gives it out as the session that replaces it';
function ownToken(context) {
    const { requestedDevice, namedDevice } = context;
    const isOther = requestedDevice !== undefined && namedDevice !== undefined && namedDevice !== requestedDevice;
    if (isOther)
        throw new TeardownError(`${OTHER_DEVICE}: ${new ServerText(namedDevice)}`);
    if (context.accessToken === undefined)
        throw new TeardownError('its access token is not known');
    return context.accessToken;
}
const OTHER_DEVICE = 'the server logged in on another device than it was asked for';
const REVOKE_CHECK = { phrase: 'revoke the session' };
const MAX_CHECKS = 3;
const PAUSE_MS = 1_000;
async function revoke(endpoint, clientId, context) {
    const { client, refreshToken } = context;
    const accessToken = ownToken(context);
    if (refreshToken === undefined)
        throw new TeardownError('the server gave no refresh token to revoke it with');
    if (endpoint === '')
        throw new TeardownError('the server names no endpoint that revokes it');
    const { OAUTH, revokeSession } = await Promise.resolve().then(() => require('./credentials.js'));
    await revokeSession(endpoint, clientId, refreshToken, client.ports);
    for (let check = 1; await isTokenActive(client, accessToken); check += 1) {
        if (check === MAX_CHECKS || !(await client.ports.clock.sleep(PAUSE_MS)))
            throw stillActive(endpoint, OAUTH);
    }
    return 'ended';
}
function stillActive(endpoint, dialect) {
    const what = 'the access token is still accepted (for two minutes it may be, if the refresh token was current)';
    return malformed(what, { server: new URL(endpoint).origin, operation: REVOKE_CHECK, dialect });
}
async function endOrName(session, attempt) {
    const { credential, recorder, log } = attempt;
    if (!credential.opensSession || recorder.phase === 'ended')
        return;
    if (recorder.record.logout !== 'never' || credential.device !== 'login') {
        try {
            await endIssued(session, attempt);
            return recorder.end();
        }
        catch {
            if (recorder.isEndedByPostStep)
                return log.info('The new session could not be ended yet. The post step tries again.');
        }
    }
    nameSession(attempt, session);
}
function nameSession({ context, recorder, log }, session) {
    const { user, homeserverUrl, sessionName } = recorder.record;
    const device = session?.deviceId ?? (recorder.record.deviceId || context.device.deviceId);
    const name = `A session of ${user === '' ? 'the account' : user} on device ${device} at ${homeserverUrl} may remain`;
    log.warning(sessionName === undefined
        ? `${name}. End it in the list of sessions of that account if it is there.`
        : `${name}: ${sessionName}. The device has other sessions, too: end this one alone if it is there.`);
    recorder.end();
}
async function endIssued(session, attempt) {
    const { credential, context, recorder } = attempt;
    if (recorder.phase === 'ended')
        throw new TeardownError('the server opened it on another device than it was asked for');
    const { accessToken, teardown, adminClient, deviceId, held, refreshToken = held } = session;
    await endSession({
        client: context.client,
        teardown,
        accessToken,
        ...(refreshToken === undefined ? {} : { refreshToken }),
        ...(adminClient === undefined ? {} : { adminClient }),
        ...(credential.device === 'existing' ? {} : { requestedDevice: context.device.deviceId }),
        ...(deviceId === undefined ? {} : { namedDevice: deviceId.raw }),
    });
}
const MAX_ENDED = 100;
const DEADLINE_MS = 60_000;
async function endPreviousOnDevice(session, attempt, directoryOf) {
    const { log } = attempt;
    const client = attempt.context.client.withPorts(withinTime(attempt.context.client.ports, DEADLINE_MS));
    const context = { ...attempt.context, client };
    const { deviceId } = context.device;
    if (!isAsRequested(session, attempt)) {
        log.warning(`The server names device ${session.deviceId ?? '(none)'} for the new token instead of the requested ${deviceId}. ` +
            'No earlier session is ended because of it.');
        return;
    }
    const failures = [];
    const end = async (previous) => {
        if (isSameTeardown(previous, session))
            return;
        const { teardown } = previous;
        await endSession({ ...session, client, teardown, successor: session }).catch((error) => failures.push(error));
    };
    try {
        const listed = await directoryOf(context).listOn(deviceId);
        for (const previous of listed.slice(0, MAX_ENDED))
            await end(previous);
    }
    catch (error) {
        failures.push(error);
    }
    if (failures.length === 0)
        return;
    const { explain } = await Promise.resolve().then(() => require('./explain.js'));
    const { message } = explain(failures[0], context.now());
    log.warning(`Earlier sessions on device ${deviceId} could not be ended. ${message}`);
}
function isSameTeardown({ teardown: a }, { teardown: b }) {
    return a.kind === 'personal-session' && b.kind === 'personal-session' && a.sessionId === b.sessionId;
}
async function whereToEnd(client, deviceId, failure) {
    if (failure instanceof NetworkError)
        return IN_A_CLIENT;
    const url = deviceId === ''
        ? await accountManagementUrl(client, 'org.matrix.devices_list')
        : await accountManagementUrl(client, 'org.matrix.device_delete', deviceId);
    return url === undefined ? IN_A_CLIENT : `End it on the account page of the server: ${url}`;
}
const IN_A_CLIENT = 'End it in the list of sessions of the account.';

;// CONCATENATED MODULE: ./build/parts/logout-main/actions/login-post.js











const login_post_DEADLINE_MS = 20_000;
async function loginPostAction(ports) {
    const { runner } = ports;
    hideServerText(true);
    maskInputsAgain(runner, await credentialKinds('login', runner));
    const tokens = savedTokens(runner);
    for (const token of Object.values(tokens))
        if (token !== '')
            runner.mask(token);
    await removeFile(ports);
    const session = savedSession(runner);
    if (session === undefined || session.phase === 'ended' || session.phase === 'storing')
        return;
    if (!shouldEnd(session, runner))
        return;
    if (tokens.accessToken === '')
        return warnOfLostSession(ports, session);
    await end(ports, session, tokens);
}
async function removeFile({ runner, files }) {
    const path = savedCredentialsFile(runner);
    if (path === '')
        return;
    const { removeCredentialsFile } = await Promise.resolve().then(() => require('./options.js'));
    removeCredentialsFile(runner, await files(), path);
}
function shouldEnd({ logout: mode }, runner) {
    if (mode !== 'on-failure')
        return mode === 'always';
    const status = runner.input('job-status').trim().toLowerCase();
    if (status === '')
        runner.warning('The runner does not say how the job ended, so the session stays (`logout: on-failure`).');
    return status === 'failure' || status === 'cancelled';
}
async function warnOfLostSession(ports, session) {
    const client = new MatrixClient(session.homeserverUrl, withDeadline(ports, login_post_DEADLINE_MS));
    const isPersonal = readAdminClient(ports.runner) !== undefined;
    const where = isPersonal ? revokeAsAdmin('') : await whereToEnd(client, deviceToDelete(session));
    ports.runner.warning(`The login was sent, but its answer was lost: an orphaned session of ${describe(session)} may remain. ` +
        `If it is there: ${where}`);
}
function revokeAsAdmin(sessionId) {
    const id = isPlainId(sessionId) ? sessionId : '{id}';
    return `Revoke it through the admin API of Matrix Authentication Service (POST /api/admin/v1/personal-sessions/${id}/revoke).`;
}
async function end(ports, session, tokens) {
    const { runner, clock } = ports;
    const { accessToken, refreshToken } = tokens;
    const adminClient = session.teardown.kind === 'personal-session' ? readAdminClient(runner) : undefined;
    const client = new MatrixClient(session.homeserverUrl, withDeadline(ports, login_post_DEADLINE_MS));
    try {
        if (session.proof !== proofOf(session.teardown, adminClient))
            throw new TeardownError(adminClient === undefined ? NO_CLIENT : OTHER_CLIENT);
        const result = await endSession({
            client,
            teardown: session.teardown,
            accessToken: new Secret(accessToken),
            ...(refreshToken === '' ? {} : { refreshToken: new Secret(refreshToken) }),
            ...(adminClient === undefined ? {} : { adminClient }),
        });
        runner.info(`${result === 'ended' ? 'Logged out' : 'The session was over already'}: ${describe(session)}.`);
    }
    catch (error) {
        const why = await explainTeardown(error, clock.now());
        const where = session.teardown.kind === 'personal-session'
            ? revokeAsAdmin(session.teardown.sessionId)
            : await whereToEnd(client, deviceToDelete(session), error);
        const message = `The session of ${describe(session)} could not be ended and is still active.`;
        runner.warning([message, why.message, why.hint, where].filter((part) => part !== '').join(' '));
    }
}
async function explainTeardown(error, now) {
    if (error instanceof TeardownError)
        return { message: `Why: ${error.message}.`, hint: '' };
    const { explain } = await Promise.resolve().then(() => require('./explain.js'));
    const { code, message, hint } = explain(error, now);
    return { message, hint: code === 'denied' ? '' : hint };
}
const NO_CLIENT = '`mas-client-id` and `mas-client-secret` did not reach the post step, as in a composite action inside another one';
const OTHER_CLIENT = 'the state was not saved with the `mas-client-id` and `mas-client-secret` that are set here';
function deviceToDelete({ deviceId, sessionName }) {
    return sessionName === undefined ? deviceId : '';
}
function describe({ user, deviceId, sessionName, homeserverUrl }) {
    const device = deviceId === '' ? 'without a device' : `device ${deviceId}`;
    const session = sessionName === undefined ? '' : `, session ${sessionName} (the device has others, too)`;
    return `${user === '' ? 'the account' : user}, ${device}${session}, at ${homeserverUrl}`;
}
function maskInputsAgain(source, kinds) {
    maskSecretInputs(source, INPUT_NAMES);
    maskSecretVariables(source, kinds, source);
}
function readAdminClient(source) {
    const clientId = secretText(source.input('mas-client-id'), 'text');
    const clientSecret = secretText(source.input('mas-client-secret'), 'token');
    if (clientSecret !== undefined)
        source.mask(clientSecret.value);
    if (clientId === undefined || clientSecret === undefined)
        return undefined;
    return { clientId: clientId.value, clientSecret: new Secret(clientSecret.value) };
}
function savedSession(state) {
    const saved = parseJsonObject(Buffer.from(state.state(STATE.session)));
    if (!isJsonObject(saved))
        return undefined;
    const member = (name) => stringMember(saved, name) ?? '';
    const phase = SESSION_PHASES.find((known) => known === saved['phase']);
    const logout = LOGOUT_MODES.find((known) => known === saved['logout']);
    const teardown = parseTeardown(saved['teardown']);
    if (phase === undefined || logout === undefined || teardown === undefined)
        return undefined;
    const [homeserverUrl, deviceId] = [member('homeserverUrl'), member('deviceId')];
    const sessionName = member('sessionName');
    return {
        phase,
        logout,
        homeserverUrl,
        deviceId,
        ...(sessionName === '' ? {} : { sessionName }),
        user: member('user'),
        teardown,
        proof: member('proof'),
    };
}
function savedTokens(state) {
    return { accessToken: state.state(STATE.token), refreshToken: state.state(STATE.refreshToken) };
}
function savedCredentialsFile(state) {
    return state.state(STATE.file);
}
function parseTeardown(value) {
    if (!isJsonObject(value))
        return undefined;
    const member = (name) => stringMember(value, name) ?? '';
    switch (value['kind']) {
        case 'logout':
            return { kind: 'logout' };
        case 'revocation':
            return { kind: 'revocation', revocationEndpoint: member('revocationEndpoint'), clientId: member('clientId') };
        case 'personal-session': {
            const [tokenEndpoint, issuer, sessionId] = [member('tokenEndpoint'), member('issuer'), member('sessionId')];
            return { kind: 'personal-session', tokenEndpoint, issuer, sessionId };
        }
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./build/parts/logout-main/actions/logout.js









function readLogoutInputs(source) {
    const problems = new Problems();
    const inputs = screenInputs('logout', source, problems);
    const token = secretText(inputs.input('access-token'), 'token');
    const allowHttp = readAllowHttp(inputs, problems);
    const homeserver = readHomeserver(inputs, 'no-such-input', allowHttp, problems);
    const maxWaitMs = readMaxWait(inputs, problems);
    if (token === undefined) {
        problems.add('`access-token` is empty: there is no session to end.', 'missing-credentials', EMPTY_HINT);
    }
    checkToken('access-token', token?.value ?? '', problems);
    problems.throwIfAny();
    if (token === undefined || homeserver === undefined)
        throw new Error('invalid inputs were not reported');
    return { homeserver, accessToken: token.value, maxWaitMs, allowHttp };
}
const EMPTY_HINT = 'Check the name of the secret or of the output. A masked output never reaches another job: log out in the job that ' +
    'logged in, or set `logout: always` there.';
async function logoutAction(ports) {
    const { runner } = ports;
    await endSessionOf(ports, readLogoutInputs(runner));
    runner.setOutput('logged-out', 'true');
    runner.setOutput('failure', '');
}
async function endSessionOf(ports, inputs) {
    const client = await connect(ports, inputs);
    const accessToken = new Secret(inputs.accessToken);
    try {
        const result = await endSession({ client, teardown: LOGOUT, accessToken });
        ports.log.info(result === 'ended' ? 'Logged out.' : 'The token was invalid already.');
    }
    catch (error) {
        if (!(error instanceof ApiError))
            throw error;
        const { refusedToken } = await Promise.resolve().then(() => require('./explain.js'));
        throw (await logout_stillActive(error, client, accessToken)) ?? refusedToken(error, 'access-token', NOT_KNOWN) ?? error;
    }
}
const NOT_KNOWN = 'Is it a token of this server? Whether its session is active is not known.';
const OTHER_ENDS = {
    mat_: 'A token that begins with mat_ belongs to an OAuth session (Element, for example): it ends when that client signs out, ' +
        'on the account page of the server, or by OAuth revocation of its refresh token.',
    mpt_: 'A token that begins with mpt_ is a personal access token: the administrator of the server revokes it ' +
        '(POST /api/admin/v1/personal-sessions/{id}/revoke).',
};
async function logout_stillActive(error, client, accessToken) {
    const hint = OTHER_ENDS[accessToken.reveal().slice(0, 4)];
    if (!isUnknownToken(error) || hint === undefined)
        return undefined;
    const message = `${describeRefusal(error)} The token is still accepted: /logout does not end tokens of its kind.`;
    const owner = await whoami(client, accessToken).catch(() => undefined);
    const where = await whereToEnd(client, owner?.deviceId?.raw ?? '');
    return new Failure('method-unavailable', message, `${hint} ${where}`, { cause: error });
}

;// CONCATENATED MODULE: ./build/parts/logout-main.js





module.exports = __webpack_exports__;
/******/ })()
;