/** What the server says of documents, read from the local copy for when there is no network. */
export function local(app, {say}) {
    const fold = app.format.fold;
    const fits = (document, {topic, level, kind, year, inForce}) => (!level || document.level === level)
        && (!kind || document.kind === kind)
        && (!topic || document.topics.some(one => fold(one) === fold(topic)))
        && (!year || String(document.signed ?? '').startsWith(year))
        && (!inForce || String(say.isInForce(document, app.format.today())) === inForce);
    return [
        {
            path: '/api/documents',
            types: ['document'],
            read: (copy, none, query) => (query.state && query.state !== 'PUBLISHED' ? null : {
                items: copy.all('document').filter(one => one.state === 'PUBLISHED' && fits(one, query)).sort(say.newestFirst),
                next: null,
            }),
        },
        {path: '/api/documents/:id', types: ['document'], read: (copy, {id}) => copy.one('document', id)},
    ];
}
