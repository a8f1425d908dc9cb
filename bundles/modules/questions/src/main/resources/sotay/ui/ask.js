/** Asking, also without a network. */
const LONG_ENOUGH = 15;

export function ask(app, {say}) {
    const {html, t, ui, hooks, newId, navigate, outbox, useForm} = app;

    function Ask() {
        const [initial] = hooks.useState(() => ({id: newId(), topic: '', text: '', about: '', publishable: false}));
        const topics = say.useTopics().filter(one => one.active);
        const form = useForm('question-ask', initial);
        const value = name => form.value(name);
        const submit = async () => {
            const text = value('text').trim();
            if (!text) {
                form.refuse({status: 422, title: t('ask.missing'), errors: [{field: 'text', message: t('ask.missing')}]});
                return;
            }
            const id = value('id');
            const body = {text};
            if (value('topic')) {
                body.topic = value('topic');
            }
            if (value('about').trim()) {
                body.about = {title: value('about').trim()};
            }
            if (value('publishable')) {
                body.publishable = true;
            }
            const shown = {...body, askedAt: new Date().toISOString()};
            if (await form.submit(() => outbox.put(`/api/questions/${id}`, body, {title: t('ask.outbox', {text: say.short(text)}), shown, id: 'id', page: `/questions/${id}`}))) {
                form.discard({...initial, id: newId()});
                navigate(`/questions/${id}`);
            }
        };
        return html`<${ui.Page} title=${t('ask.title')} back="/questions" backTitle=${t('title')} lead=${t('ask.lead')}>
            <${ui.Form} form=${form} onSubmit=${submit} shown=${['topic', 'text', 'about.title']}>
                <${ui.Field} form=${form} name="topic" as="select" label=${t('ask.topic')}>
                    <option value="">${t('topic.unknown')}</option>
                    ${topics.map(one => html`<option key=${one.id} value=${one.id} selected=${one.id === value('topic')}>${one.name}</option>`)}
                <//>
                <${ui.Field} form=${form} name="text" as="textarea" rows="6" label=${t('ask.text')} hint=${t('ask.text-hint')} maxlength="4000" />
                ${value('text').trim().length >= LONG_ENOUGH && html`<${ui.Similar} words=${value('text')} title=${t('ask.similar')} types=${['question-entry', 'document']} />`}
                <${ui.Field} form=${form} name="about" label=${t('ask.about')} hint=${t('ask.about-hint')} optional maxlength="500" />
                <label class="check"><input type="checkbox" id="question-publishable" checked=${value('publishable')}
                    onChange=${event => form.set('publishable', event.target.checked)} /><span>${t('ask.publishable')}</span></label>
                <p class="hint">${t('ask.who-sees')}</p>
                <div class="actions"><${ui.Button} kind="main" type="submit" icon="send" id="question-send" busy=${form.sending && t('sending')}>${t('ask.send')}<//></div>
            <//>
        <//>`;
    }

    /** A topic that was closed before the question arrived: without one it goes to the province. */
    const refused = [{
        path: '/api/questions/:id',
        text: () => t('outbox.no-topic'),
        instead: item => {
            const {topic, ...body} = item.body ?? {};
            return topic && item.problem.errors.some(error => error.field === 'topic')
                ? {path: item.path, body, title: item.title, shown: {...body, askedAt: new Date(item.at).toISOString()}} : null;
        },
    }];

    return {Ask, refused};
}
