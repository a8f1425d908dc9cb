/** Figures, and the topics with who answers them. */
export function office(app, {say}) {
    const {html, t, format, ui, api, hooks, focusOn, newId, useForm, useRemote} = app;

    /** Who answers, and says what about. */
    const WORKING = ['EDITOR', 'OFFICER'];

    function Statistics() {
        const [year, setYear] = hooks.useState(format.today().slice(0, 4));
        const figures = useRemote(`/api/questions/statistics?from=${year}-01-01&to=${year}-12-31`);
        say.useTopics();
        const years = [0, 1, 2].map(back => String(Number(format.today().slice(0, 4)) - back));
        return html`<${ui.Page} title=${t('figures.title')} lead=${t('figures.lead')} back="/questions" backTitle=${t('title')}>
            <${ui.Field} name="figures-year" as="select" label=${t('figures.year')} value=${year} onChange=${event => setYear(event.target.value)}>
                ${years.map(one => html`<option key=${one} value=${one} selected=${one === year}>${one}</option>`)}<//>
            <${ui.Remote} of=${figures} loading=${t('loading')}>${page => (page.items.length === 0
                ? html`<${ui.Empty} title=${t('figures.none')} />`
                : html`<ul class="rows" id="question-figures">${page.items.map((one, i) => html`<li class="row" key=${i}><div class="row-text">
                    <span class="row-title">${say.nameOf(one.topic)}</span><span class="row-more">${one.teamName}</span>
                    <span>${[t('figures.asked', {count: format.number(one.asked)}), one.open > 0 ? t('figures.open', {count: format.number(one.open)}) : t('figures.all-answered'),
                        one.median !== undefined && (one.median > 0 ? t('figures.median', {days: format.number(one.median)}) : t('figures.same-day'))].filter(Boolean).join(' · ')}</span>
                    ${(one.overdue > 0 || one.stale > 0) && html`<span>${one.overdue > 0 && html`<${ui.Badge} kind="bad">${t('queue.overdue', {count: one.overdue})}<//> `}
                        ${one.stale > 0 && html`<${ui.Badge} kind="late">${t('figures.stale', {count: one.stale})}<//>`}</span>`}
                </div></li>`)}</ul>`)}<//>
        <//>`;
    }

    function Topics() {
        const topics = say.useTopics();
        const [edited, setEdited] = hooks.useState(null);
        // those of the whole province are its own, those of a unit that unit's
        const unit = app.caller.mandates.find(one => WORKING.includes(one.role)).unit;
        const place = useRemote(`/api/units/${unit}`);
        const isProvince = Boolean(place.data) && !place.data.parent;
        const isOwn = topic => topic.unit === unit || isProvince && !topic.unit;
        const answers = one => (one.kind ? t('topics.by-kind', {kind: t(`topics.kind.${one.kind === 'COMMUNE' ? 'COMMUNE' : 'PROVINCE'}`)}) : t('topics.by-kind', {kind: t('topics.kind.PROVINCE')}));
        return html`<${ui.Page} title=${t('topics.title')} lead=${t('topics.lead')} back="/questions" backTitle=${t('title')}>
            <ul class="rows" id="question-topics">${topics.map(one => html`<li class="row" key=${one.id}>${edited === one.id
                ? html`<${EditTopic} topic=${one} done=${() => setEdited(null)} />`
                : html`<div class="row-text" id=${`topic-${one.id}`} tabindex="-1"><span class="row-title">${one.name}</span><span class="row-more">${answers(one)}</span>
                    ${!one.active && html`<span><${ui.Badge}>${t('topics.closed')}<//></span>`}</div>
                    ${isOwn(one) && html`<${ui.Button} kind="quiet" icon="pencil" id=${`topic-edit-${one.id}`} onClick=${() => setEdited(one.id)}>${t('topics.edit')}<span class="only-read"> ${one.name}</span><//>`}`}</li>`)}</ul>
            ${edited === 'new' ? html`<${EditTopic} topic=${{unit: isProvince ? undefined : unit, name: '', kind: undefined, active: true, position: topics.length + 1}} done=${() => setEdited(null)} />`
                : place.data && html`<div class="actions"><${ui.Button} icon="plus" id="topic-new" onClick=${() => setEdited('new')}>${t('topics.new')}<//></div>`}
        <//>`;
    }

    function EditTopic({topic, done}) {
        const form = useForm(`topic-${topic.id ?? 'new'}`, {id: topic.id ?? newId(), name: topic.name, kind: topic.kind ?? '', active: topic.active});
        const submit = async () => {
            const id = form.value('id');
            const body = {name: form.value('name').trim(), active: Boolean(form.value('active')), position: topic.position, ...(form.value('kind') ? {kind: form.value('kind')} : {}),
                ...(topic.unit ? {unit: topic.unit} : {}), ...(topic.team ? {team: topic.team} : {})};
            if (await form.submit(() => api.put(`/api/questions/topics/${id}`, body))) {
                form.discard();
                done();
                focusOn(`topic-${id}`);
            }
        };
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['name', 'kind']} aria-label=${t('topics.edit')}>
            <${ui.Field} form=${form} name="name" label=${t('topics.name')} maxlength="120" />
            <${ui.Field} form=${form} name="kind" as="select" label=${t('topics.who')}>
                ${['', 'COMMUNE'].map(one => html`<option key=${one} value=${one} selected=${one === form.value('kind')}>${t(`topics.kind.${one || 'PROVINCE'}`)}</option>`)}<//>
            <label class="check"><input type="checkbox" checked=${form.value('active')} onChange=${event => form.set('active', event.target.checked)} /><span>${t('topics.active')}</span></label>
            <div class="actions"><${ui.Button} kind="main" type="submit" icon="check" id="topic-save" busy=${form.sending && t('sending')}>${t('topics.save')}<//>
                <${ui.Button} kind="quiet" onClick=${done}>${t('cancel')}<//></div>
        <//>`;
    }

    return {Statistics, Topics};
}
