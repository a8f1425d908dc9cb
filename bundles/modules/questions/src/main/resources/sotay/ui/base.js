/** The knowledge base: what was asked and answered, without a name. */
export function base(app, {say}) {
    const {html, t, format, ui, hooks, useRemote} = app;

    function Base() {
        const [topic, setTopic] = hooks.useState('');
        const topics = say.useTopics();
        const entries = useRemote('/api/questions/entries?limit=500');
        const items = (entries.data?.items ?? []).filter(one => !topic || one.topic === topic);
        const used = topics.filter(one => (entries.data?.items ?? []).some(entry => entry.topic === one.id));
        return html`<${ui.Page} title=${t('base.title')} lead=${t('base.lead')} back="/questions" backTitle=${t('title')}>
            <${ui.Remote} of=${entries} loading=${t('loading')}>${page => (page.items.length === 0
                ? html`<${ui.Empty} title=${t('base.none')}>${t('base.none-more')}<//>`
                : html`
                ${used.length > 1 && html`<${ui.Field} name="base-topic" as="select" label=${t('ask.topic')} value=${topic} onChange=${event => setTopic(event.target.value)}>
                    <option value="">${t('topic.all')}</option>
                    ${used.map(one => html`<option key=${one.id} value=${one.id} selected=${one.id === topic}>${one.name}</option>`)}<//>`}
                <${ui.Links} label=${t('base.title')} rows=${items.map(one => ({
                    href: `/questions/base/${one.id}`, title: say.short(one.text), text: [say.topic(one), format.date(format.dayOf(one.publishedAt))].join(' · '),
                    state: one.stale && html`<${ui.Badge} kind="late">${t('stale.badge')}<//>`,
                }))} />`)}<//>
        <//>`;
    }

    function Entry({id}) {
        const remote = useRemote(`/api/questions/entries/${id}`);
        say.useTopics();
        return html`<${ui.Page} key=${id} title=${t('base.one')} back="/questions/base" backTitle=${t('base.title')}>
            <${ui.Remote} of=${remote} loading=${t('loading')}>${entry => html`
                ${entry.stale && html`<${say.Stale} />`}
                <div class="questions-asked"><${say.Paragraphs} text=${entry.text} /><p class="row-more">${say.topic(entry)}</p></div>
                <${ui.Section} title=${t('answer.title')}><${say.Paragraphs} text=${entry.answer} /><${say.Citations} citations=${entry.citations} />
                    <p class="row-more">${t('base.published', {day: format.date(format.dayOf(entry.publishedAt))})}</p><//>
            `}<//>
        <//>`;
    }

    return {Base, Entry};
}
