import {wordsOf} from './text.js';

const newestFirst = (one, other) => (one.publishedAt === other.publishedAt ? 0 : one.publishedAt < other.publishedAt ? 1 : -1);

/** What the server says of news, read from the local copy for when there is no network. */
export function local(app) {
    const given = (copy, news) => copy.all('news-receipt').some(one => one.news === news.id
        && one.member === app.caller.member?.id && one.edition >= news.edition);
    const isOver = news => news.expiresAt && news.expiresAt < new Date().toISOString();
    // who leads or works lists news for every age, as the server has it
    const works = () => app.caller.mandates.some(one => one.role !== 'MEMBER');
    const isFor = (copy, news, asMember) => !asMember && works() || copy.mayBeBorn(news.born);
    return [
        {
            path: '/api/news',
            types: ['news', 'news-receipt', 'member'],
            read: (copy, none, query) => (query.state && query.state !== 'PUBLISHED' ? null : {
                items: copy.all('news').filter(one => !isOver(one) && isFor(copy, one, query.toAcknowledge === 'true')
                    && (query.toAcknowledge !== 'true' || one.asks === 'ACKNOWLEDGED' && !given(copy, one))).sort(newestFirst),
                next: null,
            }),
        },
        {
            path: '/api/news/:id/receipts',
            types: ['news-receipt'],
            read: (copy, {id}) => ({items: copy.all('news-receipt').filter(one => one.news === id), next: null}),
        },
        {path: '/api/news/:id', types: ['news'], read: (copy, {id}) => copy.one('news', id)},
    ];
}

/** What can be found of news without a network. */
export function finds(app) {
    return [{
        type: 'news',
        parts: async news => [{
            title: news.title, link: `/news/${news.id}`, day: news.publishedAt && app.format.dayOf(news.publishedAt),
            text: [news.lead, wordsOf(news.blocks), ...news.pictures.map(one => one.alt)].join('\n'),
        }],
    }];
}
