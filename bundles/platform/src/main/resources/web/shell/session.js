/**
 * Who is signed in. The session itself is a cookie that scripts cannot read. On a device that is its owner's alone the handbook opens
 * without asking the server, by what the device keeps, and the server is asked meanwhile.
 */
import {signals} from './base.js';
import {api, Problem} from './api.js';
import {store} from './device.js';
import {forget} from './data.js';
import {t} from './texts.js';
import * as drafts from './drafts.js';
import * as push from './push.js';
import * as vault from './vault.js';
import {sign} from './passkey.js';

/** The caller; null when nobody is signed in; undefined until we know. */
export const caller = signals.signal(undefined);
/** Whether a session ended by itself, so that the page can say so. */
export const ended = signals.signal(false);
/** What went wrong when we asked who is signed in. */
export const trouble = signals.signal(null);

const LEADERS = ['SECRETARY', 'DEPUTY', 'HELPER'];

function callerOf({account, login, member = null, mandates, factor}) {
    const holds = (roles, unit) => mandates.some(one => [roles].flat().includes(one.role) && (unit === undefined || one.unit === unit));
    return Object.freeze({
        account,
        login,
        name: member?.name ?? login,
        member,
        cell: member?.cell ?? null,
        mandates,
        /** How it stands with the second factor: NONE, SET, or REQUIRED before anything else can be done. */
        factor,
        /** Whether the caller holds one of the roles, at the unit if one is given. */
        holds,
        /** Whether the caller leads the unit: secretary, deputy or helper. */
        leads: unit => holds(LEADERS, unit),
    });
}

const ME = 'me';
/** Milliseconds that a server may take to say who is here before what is kept is shown. */
const PATIENCE = 1_500;

/** Tells the pages who is here. */
function know(me) {
    if (caller.peek()?.account !== me.account) {
        forget();
    }
    if (vault.owner() !== me.account) {
        vault.close();
    }
    const {account, login, member, mandates, factor} = me;
    const known = {account, login, member, mandates, factor};
    vault.put(ME, known);
    if (JSON.stringify(known) !== JSON.stringify(told)) {
        told = known;
        caller.value = callerOf(known);
    }
}

/** What {@code caller} was made of. */
let told = null;

function nobody() {
    told = null;
    forget();
    caller.value = null;
}

/** Opens the handbook: by what this device keeps, if that is open or needs no more than the PIN; else the server says who is here. */
export async function begin() {
    trouble.value = null;
    if (vault.owner()) {
        await vault.find(vault.owner());
        if (vault.state.peek() === 'LOCKED') {
            return;
        }
        await drafts.load();
        const kept = await vault.get(ME);
        if (kept) {
            know(kept);
        }
    }
    const asked = ask();
    if (caller.peek() === undefined) {
        await asked;
    }
}

/** Asks the server who is signed in. */
export async function ask() {
    try {
        await leaveIfAsked();
        know(await api.get('/api/me', null, {quiet: true}));
    } catch (problem) {
        if (problem instanceof Problem && problem.status === 401) {
            await lost();
        } else if (caller.peek() === undefined) {
            trouble.value = problem;
        }
    }
}

// ---- the PIN of this device

/** Tells the server what could not be told when there was no network: that whoever is here has not given the PIN. */
async function leaveIfAsked() {
    const leaves = store.get('leave');
    if (leaves) {
        for (const path of leaves) {
            await api.delete(path, {quiet: true}).catch(problem => {
                if (problem.status !== 401) {
                    throw problem;
                }
            });
        }
        store.remove('leave');
    }
}

/**
 * Opens what this device keeps by the PIN, and signs in by it if the session has ended meanwhile.
 *
 * @throws Problem if it is wrong
 */
export async function unlock(pin) {
    const left = await vault.unlock(pin);
    if (left === null) {
        await drafts.load();
        const asked = api.get('/api/me', null, {quiet: true})
            .then(know, problem => (problem.status === 401 ? signIn(undefined, pin) : Promise.reject(problem)))
            .catch(problem => (problem.mayPass ? (trouble.value = problem) : lost()));
        // a server that is near says what is so now; one that is not does not keep anybody waiting
        await Promise.race([asked, new Promise(done => setTimeout(done, PATIENCE))]);
        const kept = caller.peek() === undefined && await vault.get(ME);
        if (kept) {
            know(kept);
        }
        return;
    }
    if (left === 0) {
        store.set('leave', ['/api/session', '/api/session/device']);
        ended.value = 'wiped';
        await ask();
        return;
    }
    throw new Problem({status: 401, title: t('unlock.wrong'), errors: [{field: 'password', message: t('unlock.left', {count: left})}]});
}

/** Goes on without what this device keeps, which stays: the PIN is forgotten, or somebody else is here. */
export async function withoutPin() {
    store.set('leave', ['/api/session']);
    vault.close();
    await ask();
}

vault.state.subscribe(state => {
    if (state === 'LOCKED' && caller.peek()) {
        told = null;
        forget();
        caller.value = undefined;
    }
});

const touch = () => document.visibilityState === 'visible' && vault.touch();
document.addEventListener('visibilitychange', touch);
setInterval(touch, 60_000);

// ---- signing in and out

/**
 * @param keep whether this device stays with the caller and asks for the PIN alone from now on
 * @param bound whether it does so already
 */
async function begun(reply, password, keep, bound = false) {
    let stays = bound;
    if (keep) {
        // so that it shows the keys that are needed
        store.set('pin', /^\d+$/.test(password));
        // who is signed in stays so even if the device could not be told
        stays = await api.put('/api/session/device', undefined, {quiet: true}).then(() => true, () => false);
    }
    if (stays && password) {
        await vault.keep(reply.account, password);
    } else {
        await vault.find(reply.account);
    }
    await drafts.load();
    ended.value = false;
    store.remove('leave');
    push.renew();
    told = null;
    know(reply);
}

/** @param login left out on a device that knows whom it belongs to */
export const signIn = async (login, password, keep, code) =>
    begun(await api.post('/api/session', {login, password, code: code || undefined}, {quiet: true}), password, keep, !login);

/**
 * Signs in by a passkey.
 *
 * @param given login and password, where it is the second step; empty for a passkey that tells by itself whose it is
 */
export async function signInByPasskey(given = {}, keep = false) {
    const signed = await sign(await api.post('/api/session/passkey/challenge', given, {quiet: true}));
    await begun(await api.post('/api/session/passkey', signed, {quiet: true}), given.password ?? '', keep, Boolean(given.password) && !given.login);
}

/** Goes to the identity provider; it sends the browser back to /provider. */
export async function goToProvider() {
    location.assign((await api.post('/api/session/provider', undefined, {quiet: true})).address);
}

/** Signs in one who has come back. */
export const comeFromProvider = async given => begun(await api.put('/api/session/provider', given, {quiet: true}), '', false);

/** Gives the caller another password or PIN, which opens what this device keeps as well. */
export async function changePassword(values) {
    await api.put('/api/me/password', values);
    if (vault.owner() === caller.value.account) {
        store.set('pin', /^\d+$/.test(values.password));
        await vault.keep(caller.value.account, values.password);
    }
}

/** Opens a login card, sets the PIN of its member and signs in. */
export const redeem = async (code, password, keep) => begun(await api.put('/api/session/card', {code, password}, {quiet: true}), password, keep);

export async function signOut() {
    const account = caller.value?.account;
    if (store.get('push')) {
        // a server that does not hear of it sends to where nobody is
        await push.stop().catch(() => push.forget());
    }
    await api.delete('/api/session', {quiet: true});
    drafts.removeAll(account);
    if (vault.owner() === account) {
        await vault.wipe();
    }
    nobody();
}

/**
 * The server no longer knows us. What was written stays on the device and waits for the same account, unless the device was let go: by
 * its owner from another one, by the secretary, or since it has another owner now.
 */
export async function lost() {
    if (caller.peek() === null) {
        return;
    }
    if (caller.peek()) {
        ended.value = ended.value || true;
    }
    nobody();
    if (vault.owner()) {
        await api.get('/api/session/device', null, {quiet: true}).then(bound => bound || vault.wipe(), () => {});
    }
}

/** This device asks who one is from now on. */
export async function another() {
    await vault.wipe();
    await api.delete('/api/session/device', {quiet: true}).catch(() => store.set('leave', ['/api/session/device']));
}
