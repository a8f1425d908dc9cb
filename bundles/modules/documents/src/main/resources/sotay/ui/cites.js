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

/** Laws that are named without their number: "Điều 5 Luật Hòa giải ở cơ sở". */
const NAMED = /(^|[^0-9A-Za-z\u00c0-\u1ef9])((?:Bộ luật|Luật|Pháp lệnh)\s)/g;
const PLACE = /(?:(?:[Đđ]iểm\s+[a-zđ]\s+)?[Kk]hoản\s+(\d+[a-zđ]?),?\s+)?[Đđ]iều\s+(\d+[a-zđ]?)\s+(?:(?:của|tại|trong)\s+)?$/;
const ENDS = /^\s*(?:$|[.,;:()[\]"”…/\n–-])/;

/** Words that may follow a name; any other may be its end, and the law another one: "Luật Thanh tra nhân dân". */
const FOLLOWS = new Set(('bao ban bị các cho chưa có còn của cũng cùng do dẫn để đã đang đến đối được gồm hiện hoặc hướng khác khi không là mà nay năm nêu này ngày nếu nhằm như nhưng '
    + 'phải quy ra sau sẽ số sửa tại thì theo thông thuộc trên trong trước từ vẫn về vì với').split(' '));
const YEAR = /^\s+(?:năm\s+)?((?:19|20)\d\d)(?!\d)/;

const titleOf = document => document.title.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

/**
 * The laws that can be meant by their names: those of a title that no other in force has.
 *
 * @param documents in force
 * @returns {Map} by title, in small letters
 */
export function titlesOf(documents) {
    const titles = new Map();
    documents.forEach(one => titles.set(titleOf(one), titles.has(titleOf(one)) ? null : one));
    return new Map([...titles].filter(([title, one]) => one && /^(?:bộ luật|luật|pháp lệnh) /.test(title)).sort(([a], [b]) => b.length - a.length));
}

/**
 * Laws that a text names, in order; none that it may not mean.
 *
 * @param text composed (NFC)
 * @param titles as {@link titlesOf} gives them
 * @returns {Array} of {@code {from, to, document, place}}
 */
export function namesOf(text, titles) {
    const found = [];
    const small = text.toLowerCase();
    if (titles.size === 0 || small.length !== text.length) {
        return found;
    }
    NAMED.lastIndex = 0;
    for (let match = NAMED.exec(text); match; match = NAMED.exec(text)) {
        const begin = match.index + match[1].length;
        const title = [...titles.keys()].find(one => small.startsWith(one, begin));
        const rest = title && text.slice(begin + title.length, begin + title.length + FAR);
        const next = title && /^\s+(\S+)/.exec(rest);
        const year = title && YEAR.exec(rest);
        const document = titles.get(title);
        if (title && (ENDS.test(rest) || year || next && (FOLLOWS.has(next[1]) || /^\s+và\s+(?:các|[A-ZĐ])/.test(rest)))
            && (!year || String(document.signed ?? '').startsWith(year[1]))) {
            const last = found.length > 0 ? found[found.length - 1].to : 0;
            const place = PLACE.exec(text.slice(Math.max(last, begin - FAR), begin));
            found.push({
                from: begin - (place ? place[0].length : 0),
                to: begin + title.length,
                document,
                place: place ? `dieu-${place[2].toLowerCase()}${place[1] ? `-khoan-${place[1].toLowerCase()}` : ''}` : null,
            });
        }
    }
    return found;
}

/** More numbers than this are not asked for at once. */
const MOST = 100;

const LAWS = '/api/documents?kind=LAW&inForce=true&limit=500';

export function cites(app) {
    const {html, format, hooks, useRemote} = app;

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
        // a law is looked through once, not with each piece of it that is shown
        const found = useRemote(hooks.useMemo(() => pathOf(texts), texts));
        const laws = useRemote(hooks.useMemo(() => (texts.some(text => text.search(NAMED) >= 0) ? LAWS : null), texts));
        return hooks.useMemo(() => {
            const known = new Map((found.data?.items ?? []).map(one => [keyOf(one.number ?? '', format.fold), one]));
            known.titles = titlesOf((laws.data?.items ?? []).filter(one => location.pathname !== `/documents/${one.id}`));
            return known;
        }, [found.data, laws.data]);
    }

    /** A text with links to what it names. */
    function linked(text, known) {
        if (known.size === 0 && known.titles.size === 0) {
            return text;
        }
        const composed = text.normalize('NFC');
        const parts = [];
        let end = 0;
        const numbered = citesOf(composed);
        // a name with a number that nobody has here is another law's
        const named = namesOf(composed, known.titles).filter(one => !numbered.some(other => one.from < other.to && other.from < one.to));
        const all = [...numbered, ...named].sort((a, b) => a.from - b.from);
        for (const {from, to, number, document, place} of all) {
            const cited = document ?? known.get(keyOf(number, format.fold));
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
