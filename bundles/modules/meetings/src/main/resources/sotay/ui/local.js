/**
 * What the server says of meetings, read from the local copy for when there is no network. MeetingPagesIT compares the two. Names of
 * those who wrote something down for others are left out: the change feed does not tell them.
 */
export function local(app) {
    const by = (...names) => (one, other) => {
        const differs = names.find(name => one[name] !== other[name]);
        return differs ? (one[differs] < other[differs] ? -1 : 1) : 0;
    };
    const page = items => ({items, next: null});
    const ofMeeting = (copy, type, id) => (copy.one('meeting', id) ? copy.all(type).filter(one => one.meeting === id) : null);
    const listed = (items, ...order) => items && page(items.sort(by(...order)));
    /** A cell's own meetings, and those of the cells that were merged into it. */
    const isOf = (copy, meeting, cell) => !cell || meeting.cell === cell || copy.one('unit', meeting.cell)?.successor === cell;

    return [
        {
            path: '/api/meetings',
            types: ['meeting'],
            read: (copy, none, {cell, from = '', to = '9999'}) => {
                const within = one => app.format.dayOf(one.startsAt) >= from && app.format.dayOf(one.startsAt) <= to;
                return listed(copy.all('meeting').filter(one => isOf(copy, one, cell) && within(one)), 'startsAt', 'id');
            },
        },
        {path: '/api/meetings/:id', types: ['meeting'], read: (copy, {id}) => copy.one('meeting', id)},
        {
            path: '/api/meetings/:id/answers',
            types: ['meeting-answer'],
            read: (copy, {id}) => listed(ofMeeting(copy, 'meeting-answer', id), 'member'),
        },
        {
            path: '/api/meetings/:id/attendance',
            types: ['meeting-attendance'],
            read: (copy, {id}) => listed(ofMeeting(copy, 'meeting-attendance', id), 'member'),
        },
        {
            path: '/api/meetings/:id/reads',
            types: ['meeting-read'],
            read: (copy, {id}) => listed(ofMeeting(copy, 'meeting-read', id), 'member'),
        },
        {
            path: '/api/meetings/:id/conflicts',
            types: ['meeting-conflict'],
            read: (copy, {id}) => listed(ofMeeting(copy, 'meeting-conflict', id), 'field'),
        },
        {
            path: '/api/meetings/:id/late-calls',
            types: ['meeting-late-call'],
            read: (copy, {id}) => listed(ofMeeting(copy, 'meeting-late-call', id), 'id'),
        },
        {
            path: '/api/meetings/:id/messages',
            types: ['meeting-message'],
            read: (copy, {id}) => listed(ofMeeting(copy, 'meeting-message', id), 'id'),
        },
        {
            path: '/api/meetings/:id/items/:item/opinions',
            types: ['meeting-opinion'],
            read: (copy, {id, item}) => listed(ofMeeting(copy, 'meeting-opinion', id)?.filter(one => one.item === item), 'id'),
        },
        {
            path: '/api/meetings/:id/minutes',
            types: ['meeting-minutes'],
            read: (copy, {id}) => copy.one('meeting-minutes', id),
        },
    ];
}

/** What can be found of meetings without a network: what the server finds of them. */
export function finds(app) {
    const sentence = line => (line.endsWith('.') ? line : `${line}.`);
    const about = meeting => [...meeting.items.flatMap(item => [item.title, ...item.documents.map(one => one.name)]), meeting.place].map(sentence).join('\n');
    const day = meeting => app.format.dayOf(meeting.startsAt);
    return [
        {
            type: 'meeting',
            parts: meeting => [{title: meeting.title, link: `/meetings/${meeting.id}`, text: about(meeting), day: day(meeting)}],
        },
        {
            type: 'meeting-minutes',
            parts: (minutes, copy) => [copy.one('meeting', minutes.meeting)].filter(Boolean).map(meeting => ({
                title: `Biên bản: ${meeting.title}`, link: `/meetings/${meeting.id}/minutes`, text: minutes.text, day: day(meeting),
            })),
        },
    ];
}
