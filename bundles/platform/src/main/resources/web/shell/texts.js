/** The words of the pages in the reader's language. Vietnamese is the source: a key that is missing elsewhere is shown in it. */
import {signals, base} from './base.js';
import {language} from './device.js';
import {early} from './early.js';

/** Texts by who brings them ({@code shell} or a module's id), in the language that is shown. */
const tables = signals.signal({});
const sources = new Map([['shell', `${base}/texts`]]);

let began;
/** Settled when the shell's texts are there, or cannot be had: before that nothing can be said. */
export const ready = new Promise(done => (began = done));

async function read(url) {
    const response = await fetch(url);
    if (!response.ok) {
        throw new Error(`${url} answered ${response.status}`);
    }
    return response.json();
}

async function table(owner, lang) {
    const of = name => {
        const again = () => read(`${sources.get(owner)}/${name}.json`);
        return owner === 'shell' && early[name] ? early[name].catch(again) : again();
    };
    const [source, own] = await Promise.all([of('vi'), lang === 'vi' ? null : of(lang).catch(() => null)]);
    return own ? {...source, ...own} : source;
}

/** Loads the texts that lie at this URL. */
export async function load(owner, url) {
    if (url) {
        sources.set(owner, url);
    }
    try {
        const loaded = await table(owner, language.value);
        tables.value = {...tables.value, [owner]: loaded};
    } finally {
        began();
    }
}

/** Changes the language; what is shown changes at once, when all texts are there. */
export async function speak(lang) {
    const all = await Promise.all([...sources.keys()].map(async owner => [owner, await table(owner, lang)]));
    signals.batch(() => {
        tables.value = Object.fromEntries(all);
        language.value = lang;
    });
}

/** A function that gives the owner's texts, and the shell's where it has none. Names in braces are filled in. */
export function textsOf(owner) {
    return (key, values = {}) => {
        const text = tables.value[owner]?.[key] ?? tables.value.shell?.[key];
        if (text === undefined) {
            console.error(`There is no text ${key} of ${owner}`);
            return key;
        }
        return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    };
}

export const t = textsOf('shell');

/** Whether there is such a text. */
export const has = (owner, key) => (tables.value[owner]?.[key] ?? tables.value.shell?.[key]) !== undefined;
