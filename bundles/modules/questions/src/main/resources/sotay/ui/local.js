/** What the server says of questions, read from the local copy for when there is no network. */
export function local() {
    const page = items => ({items, next: null});
    const by = (name, items) => items.sort((one, other) => (one[name] < other[name] ? -1 : 1));
    return [
        {
            path: '/api/questions/topics',
            types: ['question-topic'],
            read: copy => page(copy.all('question-topic').sort((one, other) => one.position - other.position)),
        },
        {
            path: '/api/questions/entries',
            types: ['question-entry'],
            read: (copy, none, {topic}) => page(by('publishedAt', copy.all('question-entry').filter(one => !topic || one.topic === topic)).reverse()),
        },
        {path: '/api/questions/entries/:id', types: ['question-entry'], read: (copy, {id}) => copy.one('question-entry', id)},
        {path: '/api/questions', types: ['question'], read: copy => page(by('askedAt', copy.all('question')).reverse())},
        {path: '/api/questions/:id', types: ['question'], read: (copy, {id}) => copy.one('question', id)},
        {
            path: '/api/questions/:id/messages',
            types: ['question-message'],
            read: (copy, {id}) => (copy.one('question', id) ? page(by('at', copy.all('question-message').filter(one => one.question === id))) : null),
        },
    ];
}

/** What can be found without a network: the knowledge base. */
export function finds(app) {
    return [{
        type: 'question-entry',
        async parts(entry) {
            return [{title: entry.text.replace(/\s+/g, ' '), text: entry.answer, link: `/questions/base/${entry.id}`, day: app.format.dayOf(entry.publishedAt)}];
        },
    }];
}
