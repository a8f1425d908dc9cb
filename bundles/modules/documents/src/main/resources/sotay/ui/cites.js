/**
 * References to other documents in a text: "Điều 5 Quy định 01-QĐ/TW", "khoản 2 Điều 9 Luật số 29/2018/QH14". What a text says is found
 * here; which of the documents the reader has, by their numbers.
 */
const WORD = '[A-Za-z\u0110\u0111\u00d0]';
const CODE = `${WORD}{1,10}\\d{0,2}(?:\\s?[-\u2010-\u2013]\\s?${WORD}{1,10}\\d{0,3}){0,6}`;
const YEARS = `\\s?/\\s?(?:19|20)\\d\\d\\s?/\\s?${CODE}`;
const PARTY = `\\s?[-\u2010-\u2013]\\s?${WORD}{2,6}\\s?/\\s?${CODE}`;
const PLAIN = `/${WORD}{2,6}[-\u2010-\u2013]${CODE}`;
/** What stands before a number is looked at, not taken: browsers lack looking behind. */
const NUMBER = new RegExp(`(^|[^0-9A-Za-z\u00c0-\u1ef9/.,-])(\\d{1,5}(?:${YEARS}|${PARTY}|${PLAIN}))(?![0-9A-Za-z\u00c0-\u1ef9/])`, 'g');

const KINDS = 'Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|Quy định|Quy chế|Quy trình|Chỉ thị|Kết luận|Hướng dẫn|Kế hoạch|Chương trình|Thông báo'
    + '|Điều lệ|Công văn|Văn bản';
const END = '(?![0-9A-Za-z\u00c0-\u1ef9])';
/** A kind with its name, which begins with a capital letter, or a kind right before the number as people type it. */
const KIND = `(?:(?:${KINDS})${END}(?:(?!(?:${KINDS})${END})[^0-9.;:()]){0,120}?|(?:${KINDS.toLowerCase()})\\s+)?(?:,?\\s*[Ss]ố:?\\s*)?`;
/** The place within the document, then its kind and name, then "số"; up to where the number begins. */
const BEFORE = new RegExp(`(?:(?:(?:[Đđ]iểm\\s+[a-zđ]\\s+)?[Kk]hoản\\s+(\\d+[a-zđ]?),?\\s+)?[Đđ]iều\\s+(\\d+[a-zđ]?)\\s+(?:(?:của|tại|trong)\\s+)?)?${KIND}$`);
const FAR = 240;

/** A number by which spellings of it are the same, as the server has it. */
export const keyOf = (number, fold) => fold(number).replace(/^(?:van ban )?so[ .:]+/, '').replace(/[^a-z0-9]/g, '');

/**
 * The references of a text, in order.
 *
 * @param text composed (NFC)
 * @returns {Array} of {@code {from, to, number, place}}, places in the text; place: {@code dieu-9-khoan-2}, null for the whole document
 */
export function citesOf(text) {
    const found = [];
    NUMBER.lastIndex = 0;
    for (let match = NUMBER.exec(text); match; match = NUMBER.exec(text)) {
        const begin = match.index + match[1].length;
        const last = found.length > 0 ? found[found.length - 1].to : 0;
        const before = text.slice(Math.max(last, begin - FAR), begin);
        const [words, clause, article] = BEFORE.exec(before);
        const from = begin - words.length + /^[\s,]*/.exec(words)[0].length;
        found.push({
            from,
            to: begin + match[2].length,
            number: match[2],
            place: article ? `dieu-${article.toLowerCase()}${clause ? `-khoan-${clause.toLowerCase()}` : ''}` : null,
        });
        // what ends one may begin the next
        NUMBER.lastIndex = begin + match[2].length;
    }
    return found;
}

/** More numbers than this are not asked for at once. */
const MOST = 100;

export function cites(app) {
    const {html, format, useRemote} = app;

    /** Path of the documents that the texts name; null if they name none. */
    function pathOf(texts) {
        const keys = new Set();
        for (const text of texts) {
            citesOf(text.normalize('NFC')).forEach(one => keys.add(keyOf(one.number, format.fold)));
        }
        return keys.size > 0 ? `/api/documents?limit=${MOST}&numbers=${[...keys].slice(0, MOST).sort().join(',')}` : null;
    }

    /** The documents that these texts name and the reader has: a Map by their numbers' keys. */
    function useCited(texts) {
        const found = useRemote(pathOf(texts));
        return new Map((found.data?.items ?? []).map(one => [keyOf(one.number ?? '', format.fold), one]));
    }

    /** A text with links to what it names. */
    function linked(text, known) {
        if (known.size === 0) {
            return text;
        }
        const composed = text.normalize('NFC');
        const parts = [];
        let end = 0;
        for (const {from, to, number, place} of citesOf(composed)) {
            const cited = known.get(keyOf(number, format.fold));
            if (cited) {
                parts.push(composed.slice(end, from), html`<a class="documents-cited" href=${`/documents/${cited.id}${place ? `#${place}` : ''}`}
                    title=${cited.title}>${composed.slice(from, to)}</a>`);
                end = to;
            }
        }
        return [...parts, composed.slice(end)];
    }

    /** For other modules' texts: see {@code ui.Words}. */
    const Cited = ({text}) => linked(text, useCited([text]));

    return {useCited, linked, Cited};
}
