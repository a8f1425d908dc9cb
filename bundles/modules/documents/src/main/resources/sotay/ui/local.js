import {keyOf} from './cites.js';
import {blocksOf, textOf} from './text.js';

/** What the server says of documents, read from the local copy for when there is no network. */
export function local(app, {say}) {
    const fold = app.format.fold;
    const fits = (document, {topic, level, kind, year, inForce, forOpinions, numbers}) => (!level || document.level === level)
        && (!numbers || numbers.split(',').includes(keyOf(document.number ?? '', fold)))
        && (!kind || document.kind === kind)
        && (!topic || document.topics.some(one => fold(one) === fold(topic)))
        && (!year || String(document.signed ?? '').startsWith(year))
        && (!forOpinions || String(say.takesOpinions(document)) === forOpinions)
        && (!inForce || String(say.isInForce(document, app.format.today())) === inForce);
    const given = (copy, document) => copy.all('document-acknowledgement').some(one => one.document === document.id
        && one.member === app.caller.member?.id && one.edition >= document.edition);
    const newestFirst = items => items.sort((one, other) => (`${one.at} ${one.id}` < `${other.at} ${other.id}` ? 1 : -1));
    return [
        {
            path: '/api/documents',
            types: ['document', 'document-acknowledgement'],
            read: (copy, none, query) => (query.state && query.state !== 'PUBLISHED' ? null : {
                items: copy.all('document').filter(one => one.state === 'PUBLISHED' && fits(one, query)
                    && (query.toAcknowledge !== 'true' || one.acknowledge && !given(copy, one))).sort(say.newestFirst),
                next: null,
            }),
        },
        {
            path: '/api/documents/:id/acknowledgements',
            types: ['document-acknowledgement'],
            read: (copy, {id}) => ({items: copy.all('document-acknowledgement').filter(one => one.document === id), next: null}),
        },
        {
            path: '/api/documents/opinions',
            types: ['document-opinion'],
            read: copy => ({items: newestFirst(copy.all('document-opinion')), next: null}),
        },
        {
            path: '/api/documents/:id/opinions',
            types: ['document-opinion'],
            read: (copy, {id}) => (copy.one('document', id) ? {items: newestFirst(copy.all('document-opinion').filter(one => one.document === id)), next: null} : null),
        },
        {path: '/api/documents/:id', types: ['document'], read: (copy, {id}) => copy.one('document', id)},
    ];
}

/** The articles of a text, what is in none of them first: {@code [{id, title, text}]}. */
function articlesOf(text) {
    const articles = [{text: []}];
    for (const {kind, text: words, id} of blocksOf(text)) {
        const isArticle = kind === 'h3' && /^Điều\s+\d/i.test(words);
        if (isArticle) {
            articles.push({id, title: words, text: []});
        } else if (kind === 'h2' || kind === 'h3') {
            // what follows a heading of another kind is in no article
            articles.push({text: [words]});
        } else {
            articles[articles.length - 1].text.push(words);
        }
    }
    return articles.map(one => ({...one, text: one.text.join('\n')}));
}

/** What can be found of documents without a network: all by what is said of them, those that were taken along by their text. */
export function finds(app, {say}) {
    /** What has replaced it by today, be it in the library or not. */
    const replacing = document => {
        const day = app.format.today();
        return say.replacing(document, day)
            ?? (document.expires && document.expires <= day ? document.relations.find(one => one.kind === 'REPLACED_BY') : undefined);
    };
    const force = document => {
        const day = app.format.today();
        return document.opinionsUntil ? 'NOT_YET' : replacing(document) ? 'REPLACED' : say.isInForce(document, day) ? 'NOW'
            : document.expires && document.expires <= day ? 'ENDED' : 'NOT_YET';
    };
    return [{
        type: 'document',
        async parts(document, copy, kept) {
            if (document.state !== 'PUBLISHED') {
                return [];
            }
            const link = `/documents/${document.id}`;
            const next = replacing(document);
            const about = {day: document.signed, force: force(document), replacedBy: next && say.other(next)};
            const texts = await Promise.all(document.files.map(textOf).filter(Boolean).map(async file => {
                const content = await kept(file);
                return content ? content.text() : '';
            }));
            const parts = texts.flatMap(articlesOf).map(({id, title, text}) => ({
                ...about, title: title ?? document.title, text, within: [document.number, document.title].filter(Boolean).join(' '),
                link: id ? `${link}#${id}` : link,
            }));
            return [{
                ...about, title: document.title, number: document.number, link, text: `${document.issuer}.\n${document.topics.join(', ')}.`,
            }, ...parts];
        },
    }];
}
