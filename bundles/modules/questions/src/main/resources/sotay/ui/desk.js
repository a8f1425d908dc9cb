/** What the team does: its queue, and a question's answer until it is released and published. */
export function desk(app, {say}) {
    const {html, t, format, ui, api, hooks, focusOn, Problem, useAction, useForm, useRemote} = app;
    const PAGE = 100;
    /** So many it takes to answer, where no rule says otherwise. */
    const PERSONS = 2;
    const NUMBER = /\d{1,5}(?:\s?[-\u2010-\u2013]\s?[A-Za-z\u0110\u0111]{2,6})?\/[0-9A-Za-z\u0110\u0111/-]+/;

    const row = question => ({
        href: `/questions/${question.id}`,
        title: say.short(question.text),
        text: html`<span class="name">${question.desk.name}</span>, ${question.desk.cell} · ${say.topic(question)}`,
        state: html`<${say.State} of=${question} /> ${question.due && html`<span class="row-more">${t('queue.due', {day: format.date(question.due)})}</span>`}
            ${question.desk.escalated > 0 && html` <${ui.Badge} kind="mark">${t('queue.escalated')}<//>`}${question.desk.reopened > 0 && html` <${ui.Badge} kind="late">${t('again.badge')}<//>`}`,
    });

    function Queue() {
        const [state, setState] = hooks.useState('');
        const [topic, setTopic] = hooks.useState('');
        const topics = say.useTopics();
        const query = [state === 'STALE' ? 'stale=true' : state && `state=${state}`, topic && `topic=${topic}`].filter(Boolean).join('&');
        const queue = useRemote(`/api/questions/queue?limit=${PAGE}${query && `&${query}`}`);
        const states = ['', 'REVIEW', 'ANSWERED', 'STALE'];
        return html`<${ui.Page} title=${t('queue.title')} lead=${t('queue.lead')} back="/questions" backTitle=${t('title')}>
            <div class="questions-filter">
                <${ui.Field} name="queue-state" as="select" label=${t('queue.show')} value=${state} onChange=${event => setState(event.target.value)}>
                    ${states.map(one => html`<option key=${one} value=${one} selected=${one === state}>${t(`queue.state.${one || 'WAITING'}`)}</option>`)}<//>
                <${ui.Field} name="queue-topic" as="select" label=${t('ask.topic')} value=${topic} onChange=${event => setTopic(event.target.value)}>
                    <option value="">${t('topic.all')}</option>
                    ${topics.map(one => html`<option key=${one.id} value=${one.id} selected=${one.id === topic}>${one.name}</option>`)}<//>
            </div>
            <${ui.Remote} of=${queue} loading=${t('loading')}>${page => (page.items.length === 0
                ? html`<${ui.Empty} title=${t('queue.none')}>${t('queue.none-more')}<//>`
                : html`${!page.next && html`<p class="count" role="status">${t('queue.count', {count: page.items.length})}</p>`}<${ui.Links} label=${t('queue.title')} rows=${page.items.map(row)} />
                    ${page.next && html`<${Further} key=${`${query} ${page.next}`} query=${query} from=${page.next} />`}`)}<//>
        <//>`;
    }

    /** What comes after the first page, by one touch each. */
    function Further({query, from}) {
        const [{items, next}, set] = hooks.useState({items: [], next: from});
        const {busy, problem, run} = useAction();
        const more = () => run(async () => {
            const page = await api.get(`/api/questions/queue?limit=${PAGE}${query && `&${query}`}&after=${encodeURIComponent(next)}`);
            set({items: [...items, ...page.items], next: page.next});
        });
        return html`${items.length > 0 && html`<${ui.Links} label=${t('queue.more-items')} rows=${items.map(row)} />`}
            <${ui.ProblemNotice} problem=${problem} />
            ${next && html`<div class="actions"><${ui.Button} id="queue-more" busy=${busy && t('loading')} onClick=${more}>${t('queue.more-items')}<//></div>`}`;
    }

    /** Today: what waits for the team, what is overdue first. */
    function QueueCard() {
        const queue = useRemote('/api/questions/queue?limit=50');
        say.useTopics();
        const items = queue.data?.items ?? [];
        const overdue = items.filter(one => one.desk.overdue).length;
        return items.length > 0 && html`<${ui.Card} title=${t('queue.card', {count: items.length})} icon="circle-help" id="questions-queue">
            ${overdue > 0 && html`<p><${ui.Badge} kind="bad" icon="circle-alert">${t('queue.overdue', {count: overdue})}<//></p>`}
            <${ui.Links} label=${t('queue.title')} rows=${[...items.slice(0, 3).map(row), {href: '/questions/queue', title: t('queue.all')}]} /><//>`;
    }

    /** A line that names a document: with the document's id, where the library has it. */
    async function cited(line) {
        const number = NUMBER.exec(line)?.[0];
        const citation = {title: line, ...(number ? {number: number.slice(0, 100)} : {})};
        if (!number) {
            return citation;
        }
        try {
            const found = await api.get('/api/documents', {numbers: number, limit: 1});
            return found.items.length > 0 ? {...citation, document: found.items[0].id} : citation;
        } catch (problem) {
            if (!(problem instanceof Problem)) {
                throw problem;
            }
            // there may be no library
            return citation;
        }
    }

    function Write({question, etag}) {
        const before = question.desk.draft ?? question.answer;
        const form = useForm(`answer-${question.id}`, {text: before?.text ?? '', cites: (before?.citations ?? []).map(one => one.title).join('\n')});
        const submit = async () => {
            const text = form.value('text').trim();
            if (!text) {
                form.refuse({status: 422, title: t('write.missing'), errors: [{field: 'text', message: t('write.missing')}]});
                return;
            }
            const lines = form.value('cites').split('\n').map(one => one.trim()).filter(Boolean);
            const send = async () => api.put(`/api/questions/${question.id}/answer`, {text, citations: await Promise.all(lines.map(cited))}, etag ? {etag} : undefined);
            if (await form.submit(send)) {
                form.discard({text, cites: form.value('cites')});
                focusOn('question-work');
            }
        };
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['text']} aria-label=${t('write.title')}>
            <${ui.Field} form=${form} name="text" as="textarea" rows="8" label=${t('write.text')} hint=${t('write.text-hint')} maxlength="6000" />
            <${ui.Field} form=${form} name="cites" as="textarea" label=${t('write.cites')} hint=${t('write.cites-hint')} optional maxlength="4000" />
            <div class="actions"><${ui.Button} kind=${question.state === 'REVIEW' ? undefined : 'main'} type="submit" icon="check" id="answer-save" busy=${form.sending && t('sending')}>${t('write.send')}<//></div>
        <//>`;
    }

    /** The answer that waits, and who may release it. */
    function Draft({question, etag, Given}) {
        const {busy, problem, run} = useAction();
        const draft = question.desk.draft;
        const isOwn = draft.writtenBy === app.caller.account;
        const rule = useRemote(isOwn ? `/api/rules?key=questions.release.persons&unit=${question.team}` : null);
        const isAlone = isOwn && Number(rule.data?.items.find(one => one.confirmed)?.value ?? PERSONS) < PERSONS;
        const release = () => run(async () => {
            await api.post(`/api/questions/${question.id}/release`, undefined, etag ? {etag} : undefined);
            focusOn('question-work');
        });
        return html`<h3>${t('draft.title')}</h3><${Given} answer=${draft} />
            <${ui.ProblemNotice} problem=${problem} />
            ${isOwn && !isAlone ? html`<p class="hint">${t('draft.own')}</p>` : html`<div class="actions"><${ui.Button} kind="main" icon="send" id="answer-release" busy=${busy && t('sending')}
                onClick=${release}>${t(isAlone ? 'draft.release-own' : 'draft.release', {name: question.desk.name || '…'})}<//></div>`}`;
    }

    function Move({question}) {
        const topics = say.useTopics().filter(one => one.active);
        const [open, setOpen] = hooks.useState(false);
        const others = useRemote(open ? `/api/questions/queue?limit=${PAGE}` : null);
        const answered = useRemote(open ? `/api/questions/queue?state=ANSWERED&limit=${PAGE}` : null);
        const [topic, setTopic] = hooks.useState('');
        const [into, setInto] = hooks.useState('');
        const {busy, problem, run} = useAction();
        const put = (what, body) => run(async () => {
            await api.put(`/api/questions/${question.id}/${what}`, body);
            focusOn('question-text');
        });
        const same = [...(answered.data?.items ?? []), ...(others.data?.items ?? [])].filter(one => one.id !== question.id && one.text);
        return html`<details class="questions-more" onToggle=${event => setOpen(event.currentTarget.open)}><summary>${t('move.title')}</summary>
            <${ui.ProblemNotice} problem=${problem} />
            ${question.state === 'ASKED' && html`<${ui.Field} name="move-topic" as="select" label=${t('move.topic')} value=${topic} onChange=${event => setTopic(event.target.value)}>
                <option value="">${t('move.choose')}</option>
                ${topics.map(one => html`<option key=${one.id} value=${one.id} selected=${one.id === topic}>${one.name}</option>`)}<//>
            <div class="actions"><${ui.Button} id="question-move" busy=${busy && t('sending')} onClick=${() => topic && put('route', {topic, above: false})}>${t('move.send')}<//>
                <${ui.Button} id="question-above" busy=${busy && t('sending')} onClick=${() => put('route', {above: true})}>${t('move.above')}<//></div>`}
            ${same.length > 0 && html`<${ui.Field} name="move-into" as="select" label=${t('merge.title')} hint=${t('merge.hint')} value=${into} onChange=${event => setInto(event.target.value)}>
                <option value="">${t('move.choose')}</option>
                ${same.map(one => html`<option key=${one.id} value=${one.id} selected=${one.id === into}>${say.short(one.text)}</option>`)}<//>
            <div class="actions"><${ui.Button} id="question-merge" busy=${busy && t('sending')} onClick=${() => into && put('merge', {into})}>${t('merge.send')}<//></div>`}
        </details>`;
    }

    /** What is published already is written anew from there, not from the asker's own words: they stay out of sight until it has been read. */
    function Publish({question}) {
        const entry = useRemote(question.published ? `/api/questions/entries/${question.id}` : null);
        if (!question.publishable) {
            return html`<p class="hint">${t('publish.not-allowed')}</p>`;
        }
        return question.published ? html`
            <p id="question-published" tabindex="-1"><${ui.Badge} kind="good" icon="check">${t('publish.done')}<//> <a href=${`/questions/base/${question.id}`}>${t('base.see')}</a></p>
            <${ui.Remote} of=${entry} loading=${t('loading')}>${({text}) => html`<${say.Paragraphs} text=${text} /><${PublishForm} key=${text} question=${question} text=${text} />`}<//>`
            : html`<${PublishForm} key="first" question=${question} text=${question.text} />`;
    }

    function PublishForm({question, text}) {
        const form = useForm(`publish-${question.published ? 'again-' : ''}${question.id}`, {text});
        const {busy, problem, run} = useAction();
        const path = `/api/questions/${question.id}/publish`;
        const submit = async () => {
            if (await form.submit(() => api.put(path, {text: form.value('text').trim()}))) {
                form.discard({text: form.value('text')});
                focusOn('question-published');
            }
        };
        return html`
            <${ui.Form} form=${form} onSubmit=${submit} shown=${['text']} aria-label=${t('publish.title')}>
                <${ui.Field} form=${form} name="text" as="textarea" label=${t('publish.text')} hint=${t('publish.hint')} maxlength="4000" />
                <div class="actions"><${ui.Button} type="submit" icon="book-open" id="question-publish" busy=${form.sending && t('sending')}>${t(question.published ? 'publish.again' : 'publish.send')}<//>
                ${question.published && html`<${ui.Button} kind="quiet" icon="undo-2" id="question-unpublish" busy=${busy && t('sending')}
                    onClick=${() => run(() => api.delete(path))}>${t('publish.back')}<//>`}</div>
            <//><${ui.ProblemNotice} problem=${problem} />`;
    }

    /** The team's part of a question's page. */
    function Work({question, etag, Given}) {
        const [writes, setWrites] = hooks.useState(false);
        const isWaiting = question.state === 'REVIEW' && question.desk.draft;
        // nobody waits for an answer whose asker was deleted
        const open = question.text && (question.state === 'ASKED' || writes);
        return html`
            <${ui.Facts} rows=${[
                [t('work.asker'), html`<span class="name">${question.desk.name || t('work.gone')}</span>`],
                [t('work.cell'), question.desk.cell],
                [t('work.team'), question.teamName],
                [t('work.due'), question.due && format.day(question.due)],
                [t('work.useful'), question.useful === undefined ? null : t(question.useful ? 'rate.yes' : 'rate.no')],
            ]} />
            <${ui.Section} title=${t('answer.title')} id="question-work" tabindex="-1">
                ${question.desk.mergedInto && html`<p>${t('merge.done')} <a href=${`/questions/${question.desk.mergedInto}`}>${t('merge.open')}</a></p>`}
                ${question.answer && html`<${Given} answer=${question.answer} />`}
                ${isWaiting && html`<${Draft} question=${question} etag=${etag} Given=${Given} />`}
                ${open ? html`<${Write} key=${question.state} question=${question} etag=${etag} />`
                    : question.text && question.state !== 'MERGED' && html`<div class="actions"><${ui.Button} icon="pencil" id="answer-edit" onClick=${() => setWrites(true)}>${t('write.change')}<//></div>`}
                ${question.text && (question.state === 'ASKED' || question.state === 'REVIEW') && html`<${Move} question=${question} />`}
            <//>
            ${question.state === 'ANSWERED' && html`<${ui.Section} title=${t('publish.title')} class="no-print"><${Publish} question=${question} /><//>`}`;
    }

    return {Queue, QueueCard, Work};
}
