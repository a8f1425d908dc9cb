/**
 * The search without a network: in what this device keeps, by the same words, folded likewise. What there is comes from the modules, by
 * what they declare in {@code finds}.
 */
import {copy} from '../copy.js';
import {keptContentOf} from '../along.js';
import {all} from '../modules.js';
import {fold} from '../format.js';

const MOST = 100;
/** Letters of a text that are shown around the first word. */
const BEFORE = 80;
const LONGEST = 260;

/** Where words of a text begin and end, folded: {@code [{word, from, to}]}; the text keeps its own spelling. */
function wordsOf(text) {
    const words = [];
    const pattern = /[0-9A-Za-z\u00aa-\u024f\u0300-\u036f\u1e00-\u1eff]+/g;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
        words.push({word: fold(found[0]).replace(/^0+(?=\d)/, ''), from: found.index, to: pattern.lastIndex});
    }
    return words;
}

const asks = typed => ({words: [...new Set(wordsOf(typed).map(one => one.word))], open: /[^\s.,;!?]$/.test(typed)});

/** Whether a word is one of those that are asked for; the last one may go on while it is typed. */
const isAsked = ({words, open}, word) => words.some((one, i) => one === word || open && i === words.length - 1 && word.startsWith(one));

function pieces(text, from, to, question) {
    const found = [];
    let at = from;
    wordsOf(text.slice(from, to)).filter(one => isAsked(question, one.word)).forEach(one => {
        if (from + one.from > at) {
            found.push({text: text.slice(at, from + one.from)});
        }
        found.push({text: text.slice(from + one.from, from + one.to), hit: true});
        at = from + one.to;
    });
    if (at < to) {
        found.push({text: text.slice(at, to)});
    }
    return found;
}

/** The place of a text in which most of the words are; null for none. */
function snippet(text, question) {
    if (!text) {
        return null;
    }
    const hits = wordsOf(text).filter(one => isAsked(question, one.word));
    let best = hits[0];
    let most = 0;
    hits.forEach((one, i) => {
        const near = new Set(hits.slice(i, i + 20).filter(other => other.to - one.from < LONGEST - BEFORE).map(other => other.word)).size;
        if (near > most) {
            best = one;
            most = near;
        }
    });
    const wanted = best ? Math.max(0, best.from - BEFORE) : 0;
    const from = wanted === 0 ? 0 : text.indexOf(' ', wanted) + 1;
    const end = Math.min(text.length, from + LONGEST);
    const to = end === text.length ? end : Math.max(from, text.lastIndexOf(' ', end));
    return [...(from > 0 ? [{text: '…'}] : []), ...pieces(text, from, to, question), ...(to < text.length ? [{text: '…'}] : [])];
}

/** How well a part answers: 0 if a word is missing; a word of the title or the number counts for three. */
function worth(part, question) {
    const head = wordsOf([part.title, part.number, part.within].filter(Boolean).join(' ')).map(one => one.word);
    const body = wordsOf(part.text ?? '').map(one => one.word);
    const fits = (words, asked, last) => words.filter(word => word === asked || last && question.open && word.startsWith(asked)).length;
    let sum = 0;
    for (let i = 0; i < question.words.length; i++) {
        const last = i === question.words.length - 1;
        const inHead = fits(head, question.words[i], last);
        const inBody = fits(body, question.words[i], last);
        if (inHead + inBody === 0) {
            return 0;
        }
        sum += 3 * Math.min(inHead, 1) + inBody / (inBody + 2);
    }
    return sum;
}

/**
 * What is found in the copy on this device, which has to be whole, in the form of {@code /api/search}.
 *
 * @param typed the words
 * @param type only this one; undefined for all
 */
export async function findHere(typed, type) {
    const question = asks(typed);
    const found = [];
    for (const source of all('finds')) {
        for (const thing of copy.all(source.type)) {
            const parts = question.words.length > 0 ? await source.parts(thing, copy, keptContentOf) : [];
            const best = parts.map(part => ({part, worth: worth(part, question)})).sort((one, other) => other.worth - one.worth)[0];
            if (best && best.worth > 0) {
                found.push({...best, type: source.type});
            }
        }
    }
    const order = one => one.worth + (one.part.force && one.part.force !== 'NOW' ? 0 : 1);
    const types = new Map();
    found.forEach(one => types.set(one.type, (types.get(one.type) ?? 0) + 1));
    const chosen = found.filter(one => !type || one.type === type).sort((one, other) => order(other) - order(one));
    return {
        items: chosen.slice(0, MOST).map(({part, type: own}) => ({
            ...part, type: own, title: pieces(part.title, 0, part.title.length, question), snippet: snippet(part.text, question),
        })),
        total: chosen.length,
        types: [...types].map(([value, count]) => ({value, count})).sort((one, other) => other.count - one.count),
        years: [], kinds: [], levels: [], issuers: [], inForce: [],
    };
}
