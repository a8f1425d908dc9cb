/** What a question is called and in which state it is, in words. */
const SHORT = 110;
const STATE_KIND = {ANSWERED: 'good', MERGED: ''};

export function words(app) {
    const {html, t, format, ui, mine, signals, useRemote} = app;
    const names = signals.signal(new Map());

    /** All topics, those that can be chosen no more included. */
    function useTopics() {
        const topics = useRemote('/api/questions/topics?limit=500');
        const items = topics.data?.items ?? [];
        names.value = items.length > 0 ? new Map(items.map(one => [one.id, one.name])) : names.peek();
        return items;
    }

    const nameOf = topic => (topic ? names.value.get(topic) ?? '…' : t('topic.none'));

    const readName = question => `read.${question.id}`;

    return {
        useTopics,
        /** On this device alone: the answer that is given now has been opened. */
        read: question => mine.there && mine.set(readName(question), question.answer.releasedAt),
        /** Where the device keeps nothing, until its asker has said whether it was of use. */
        isUnread: question => question.state === 'ANSWERED' && question.useful === undefined && mine.get(readName(question)) !== question.answer?.releasedAt,
        nameOf,
        topic: question => nameOf(question.topic),
        short(text) {
            const line = (text ?? '').replace(/\s+/g, ' ').trim();
            const blank = line.lastIndexOf(' ', SHORT);
            return line.length <= SHORT ? line : `${line.slice(0, blank > 0 ? blank : SHORT)} …`;
        },
        /** What has not arrived has no state yet; that it waits is said beside it. */
        State: ({of}) => of.state && html`<${ui.Badge} kind=${of.desk?.overdue ? 'bad' : STATE_KIND[of.state] ?? 'late'}>${
            t(of.desk?.overdue ? 'state.OVERDUE' : `state.${of.state}`)}<//>`,
        newestFirst: items => [...items].sort((one, other) => ((one.askedAt ?? '9') < (other.askedAt ?? '9') ? 1 : -1)),
        /** Plain paragraphs, with links to what they name. */
        Paragraphs: ({text}) => html`<div class="questions-text">${text.split('\n').filter(Boolean).map((line, i) => html`<p key=${i}><${ui.Words} text=${line} /></p>`)}</div>`,
        Citations: ({citations}) => citations?.length > 0 && html`<div class="questions-cites"><h3>${t('answer.cites')}</h3>
            <ul class="plain">${citations.map((one, i) => html`<li key=${i}>${one.document && !/\d[^ ]*\//.test(one.title)
                ? html`<a href=${`/documents/${one.document}`}>${one.title}</a>` : html`<${ui.Words} text=${one.title} />`}</li>`)}</ul></div>`,
        Stale: () => html`<${ui.Notice} kind="late" title=${t('stale.title')}>${t('stale.more')}<//>`,
        day: day => format.date(day),
    };
}
