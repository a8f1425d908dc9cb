/**
 * The modules that run now, and what they bring to the pages. The list is read again when the reader comes back: a module that was
 * put in meanwhile appears by itself; a newer version of one that is open is offered, not forced.
 */
import {html, hooks, signals, Component} from './base.js';
import {api, newId, Problem} from './api.js';
import {language} from './device.js';
import {has, load as loadTexts, textsOf} from './texts.js';
import {useRemote} from './data.js';
import {useForm} from './form.js';
import {useAction} from './action.js';
import {focusOn, match, navigate} from './router.js';
import {transfer, upload} from './files.js';
import {caller} from './session.js';
import * as format from './format.js';
import * as ui from './ui.js';
import {contentOf, Documents} from './along.js';
import * as drafts from './drafts.js';
import {write} from './outbox.js';
import {addResolvers} from './copy.js';
import {take} from './worker.js';
import * as vault from './vault.js';
import {components, later} from './later.js';
import {Reached} from './notices.js';
import {WhoSees} from './pages/who-sees.js';

const Job = later('jobs', 'Job');
const Similar = later('search', 'Similar');

/** Modules by id: {@code {id, state, script, routes, menu, cards, along, refused, finds, words, openings, failure}}. Null until the list is there. */
export const modules = signals.signal(null);
/** Whether a module that is open has a newer version. */
export const newer = signals.signal(false);

/**
 * What the reader keeps for itself: in the vault of this device, so encrypted, and told to nobody. {@code there} says whether it has one:
 * on a device that is not one's own nothing is kept.
 */
function mineOf(id) {
    const nameOf = key => `${caller.value?.account}.mine.${id}.${key}`;
    return {
        get there() {
            return vault.state.value === 'OPEN';
        },
        get: key => (vault.state.value === 'OPEN' ? drafts.get(nameOf(key)) : null),
        set: (key, value) => vault.state.value === 'OPEN' && drafts.set(nameOf(key), value),
        remove: key => drafts.remove(nameOf(key)),
    };
}

/** A text that somebody wrote, with links to what it names where a module that runs knows how to find it. */
function Words({text}) {
    const found = all('words').find(one => !one.for || one.for(caller.value));
    return found ? html`<${found.component} text=${text} />` : text;
}

/** What modules have to say when a cell's meeting opens: a function of the sentences, which are null while one of them is read. */
function Openings({meeting, children}) {
    const show = [children].flat()[0];
    const after = ([first, ...rest], lines) => (first
        ? html`<${first.component} key=${first.module} meeting=${meeting}>${line => after(rest, [...lines, line])}<//>`
        : show(lines.includes(undefined) ? null : lines.filter(Boolean)));
    return after(all('openings').filter(one => !one.for || one.for(caller.value)), []);
}

/** What a module's function is given. Decided for good: names may be added, none is taken away. See docs/web.md. */
function appFor(id) {
    return Object.freeze({
        id,
        html,
        Component,
        hooks,
        signals,
        api,
        outbox: {
            put: (path, body, options) => write('PUT', path, body, options),
            delete: (path, options) => write('DELETE', path, undefined, options),
        },
        mine: mineOf(id),
        later: components,
        newId,
        upload,
        transfer,
        contentOf,
        Problem,
        useRemote,
        useForm,
        useAction,
        navigate,
        focusOn,
        t: textsOf(id),
        format,
        ui: {...ui, Documents, Job, Openings, Reached, Similar, WhoSees, Words},
        get caller() {
            return caller.value;
        },
        get language() {
            return language.value;
        },
    });
}

function style(href) {
    if (!href || document.querySelector(`link[href="${href}"]`)) {
        return undefined;
    }
    return new Promise(resolve => {
        const link = Object.assign(document.createElement('link'), {rel: 'stylesheet', href});
        // a page without its own style is better than none
        link.onload = link.onerror = resolve;
        document.head.append(link);
    });
}

async function open(module) {
    const none = {...module, routes: [], menu: [], cards: [], along: [], refused: [], finds: [], words: [], openings: []};
    if (module.state !== 'RUNNING' || !module.ui?.script) {
        return none;
    }
    try {
        const [script] = await Promise.all([import(module.ui.script), loadTexts(module.id, module.ui.texts), style(module.ui.style)]);
        const brought = script.default(appFor(module.id));
        addResolvers(brought.local ?? []);
        return {...none, script: module.ui.script, ...brought};
    } catch (problem) {
        console.error(`The pages of ${module.id} cannot be opened`, problem);
        return {...none, failure: problem};
    }
}

const KEPT = 'modules';
let reading = null;

/** In a task of its own: what all modules ask for at once would hold up an old phone. */
const apart = () => new Promise(done => setTimeout(done));

async function show(listed) {
    const before = new Map((modules.value ?? []).map(one => [one.id, one]));
    modules.value = await Promise.all(listed.map(async module => {
        const known = before.get(module.id);
        if (known?.script && module.state === 'RUNNING') {
            newer.value = newer.value || known.script !== module.ui?.script;
            return {...known, ...module};
        }
        await apart();
        return open(module);
    }));
}

/** Reads which modules run and opens the pages of those that are new: first those that this device keeps. */
export function loadModules() {
    reading = reading ?? (async () => {
        try {
            const kept = modules.value === null ? await vault.get(KEPT) : null;
            if (kept) {
                await show(kept);
            }
            const listed = (await api.get('/api/modules', null, {quiet: true})).items;
            await show(listed);
            // kept only when their files are: without a network, a list is of no use without them
            take(listed.flatMap(module => module.ui?.files ?? [])).then(taken => taken && vault.put(KEPT, listed));
        } catch (problem) {
            if (!(problem instanceof Problem)) {
                throw problem;
            }
            return problem;
        } finally {
            reading = null;
        }
        return null;
    })();
    return reading;
}

/** The routes, menu entries, cards, documents to take along, ways for what was refused or what can be found of all modules, each with its module's id. */
export const all = what =>
    (modules.value ?? []).flatMap(module => module[what].map(one => ({...one, module: module.id}))).sort((a, b) => (a.order ?? 50) - (b.order ?? 50));

/** Words for a value, by the module that brings it; {@code null} if none does. */
export function worded(key, value) {
    const owner = (modules.value ?? []).find(module => has(module.id, `${key}.${value}`));
    return owner ? textsOf(owner.id)(`${key}.${value}`) : null;
}

/** What a module offers in place of what the server refused of its paths: {@code {text, path, body, title, shown}}; null if nothing. */
export function insteadOf(item) {
    const found = match(all('refused'), item.path);
    const way = found?.route.instead(item, found.params);
    return way ? {...way, text: found.route.text()} : null;
}
