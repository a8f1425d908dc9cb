/** One question: what was asked, what was answered, and what both sides said. */
export function one(app, parts) {
    const {html, t, format, ui, hooks, focusOn, newId, outbox, useAction, useForm, useRemote} = app;
    const {say, Work} = parts;

    /** Sends what is said; the form keeps it until it has gone. */
    function Say({question, reopens, done}) {
        const form = useForm(`question-say-${reopens ? 'again-' : ''}${question.id}`, {id: newId(), text: ''});
        const name = reopens ? 'again' : 'say';
        const submit = async () => {
            const text = form.value('text').trim();
            if (!text) {
                form.refuse({status: 422, title: t('say.missing'), errors: [{field: 'text', message: t('say.missing')}]});
                return;
            }
            const body = reopens ? {text, reopens: true} : {text};
            const id = form.value('id');
            const sent = () => outbox.put(`/api/questions/${question.id}/messages/${id}`, body, {
                title: t('say.outbox', {text: say.short(question.text)}), shown: {...body, byTeam: question.desk ? true : undefined, at: new Date().toISOString()}, id: 'id', page: `/questions/${question.id}`,
            });
            if (await form.submit(sent)) {
                form.discard({id: newId(), text: ''});
                done?.();
                focusOn(`message-${id}`);
            }
        };
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['text']} aria-label=${t(`${name}.title`)}>
            <${ui.Field} form=${form} name="text" as="textarea" label=${t(`${name}.label`)} maxlength="2000" />
            <div class="actions"><${ui.Button} kind=${reopens ? 'main' : undefined} type="submit" icon="send" id=${`question-${name}`} busy=${form.sending && t('sending')}>${t(`${name}.send`)}<//>
                ${reopens && html`<${ui.Button} kind="quiet" onClick=${done}>${t('cancel')}<//>`}</div>
        <//>`;
    }

    function Dialogue({question}) {
        const messages = useRemote(`/api/questions/${question.id}/messages?limit=500`);
        const items = messages.data?.items ?? [];
        const [open, setOpen] = hooks.useState(false);
        const who = message => (message.byTeam ? t('say.team') : question.desk ? question.desk.name : t('say.me'));
        return html`<${ui.Section} title=${t('say.title')} id="dialogue" class="no-print">
            ${items.length > 0 && html`<ul class="questions-said">${items.map(message => html`<li key=${message.id} id=${`message-${message.id}`} tabindex="-1" class=${message.byTeam ? 'by-team' : ''}>
                <p class="questions-who"><strong class="name">${who(message)}</strong> <span class="row-more">${format.when(message.at)}</span>
                    ${message.reopens && html` <${ui.Badge} kind="late">${t('again.badge')}<//>`}</p>
                <${say.Paragraphs} text=${message.text} /><${ui.Unsent} of=${message} /></li>`)}</ul>`}
            ${items.length === 0 && !open && html`<p class="hint">${t(question.desk ? 'say.none-team' : 'say.none')}</p>`}
            ${open ? html`<${Say} question=${question} done=${() => setOpen(false)} />`
                : html`<div class="actions"><${ui.Button} icon="message-square" id="question-write" onClick=${() => setOpen(true)}>${t('say.open')}<//></div>`}
        <//>`;
    }

    function Given({answer}) {
        return html`${answer.stale && html`<${say.Stale} />`}
            <${say.Paragraphs} text=${answer.text} />
            <${say.Citations} citations=${answer.citations} />`;
    }

    /** One touch, and another one changes it. */
    function Rate({question}) {
        const [said, setSaid] = hooks.useState(question.useful);
        const {busy, problem, run} = useAction();
        const rate = useful => run(async () => {
            await outbox.put(`/api/questions/${question.id}/rating`, {useful}, {title: t('rate.outbox', {text: say.short(question.text)}), quiet: true});
            setSaid(useful);
            focusOn('question-rating');
        });
        const button = (useful, icon) => html`<${ui.Button} icon=${said === useful ? 'check' : undefined} id=${`question-${useful ? 'useful' : 'useless'}`} aria-pressed=${said === useful ? 'true' : 'false'}
            busy=${busy && t('sending')} onClick=${() => rate(useful)}>${t(useful ? 'rate.yes' : 'rate.no')}<//>`;
        return html`<div class="questions-rate" id="question-rating" tabindex="-1"><p>${t(said === undefined ? 'rate.title' : 'rate.thanks')}</p>
            <${ui.ProblemNotice} problem=${problem} /><div class="actions">${button(true)}${button(false)}</div></div>`;
    }

    function Again({question}) {
        const [open, setOpen] = hooks.useState(false);
        return open ? html`<${Say} question=${question} reopens done=${() => setOpen(false)} />`
            : html`<div class="actions"><${ui.Button} kind="quiet" icon="undo-2" id="question-reopen" onClick=${() => setOpen(true)}>${t('again.open')}<//></div>`;
    }

    /** The asker's leave, given or taken back. */
    function Leave({question}) {
        const {busy, problem, run} = useAction();
        const change = allowed => run(async () => {
            const body = {text: question.text, ...(question.topic ? {topic: question.topic} : {}), ...(question.about ? {about: question.about} : {}), ...(allowed ? {publishable: true} : {})};
            await outbox.put(`/api/questions/${question.id}`, body, {title: t('leave.outbox', {text: say.short(question.text)}), shown: {...question, publishable: allowed || undefined}, id: 'id'});
        });
        return html`<${ui.ProblemNotice} problem=${problem} />
            <label class="check"><input type="checkbox" id="question-publishable" checked=${Boolean(question.publishable)} disabled=${busy}
                onChange=${event => change(event.target.checked)} /><span>${t('ask.publishable')}</span></label>
            ${question.published && html`<p><a href=${`/questions/base/${question.id}`}>${t('base.see')}</a></p>`}`;
    }

    function Asked({question}) {
        const given = question.answer?.releasedAt;
        hooks.useEffect(() => {
            if (given) {
                say.read(question);
            }
        }, [given]);
        return html`
            ${question.answer && html`<${ui.Section} title=${t('answer.title')} id="question-answer">
                <${Given} answer=${question.answer} />
                <p class="row-more">${t('answer.by', {team: question.teamName ?? '…', day: format.date(format.dayOf(question.answer.releasedAt))})}</p>
                <${Rate} key=${given} question=${question} />
                ${question.state === 'ANSWERED' && html`<${Again} question=${question} />`}
            <//>`}
            ${!question.answer && question.state && html`<p>${question.due
                ? t('answer.waits', {team: question.teamName ?? '…', day: format.day(question.due)}) : t('answer.waits-undated', {team: question.teamName ?? '…'})}</p>`}`;
    }

    function One({id}) {
        const remote = useRemote(`/api/questions/${id}`);
        say.useTopics();
        return html`<${ui.Page} key=${id} title=${t('one.title')} back=${remote.data?.desk ? '/questions/queue' : '/questions'} backTitle=${t(remote.data?.desk ? 'queue.title' : 'title')}>
            <${ui.Remote} of=${remote} loading=${t('loading')}>${question => html`
                <p><${say.State} of=${question} /></p>
                <${ui.Unsent} of=${question} />
                <div class="questions-asked" id="question-text"><${say.Paragraphs} text=${question.text || t('one.gone')} />
                    ${question.about && html`<p class="row-more">${t('one.about')} <${ui.Words} text=${question.about.title} /></p>`}
                    <p class="row-more">${[say.topic(question), question.askedAt && format.when(question.askedAt)].filter(Boolean).join(' · ')}</p></div>
                ${question.desk ? html`<${Work} question=${question} etag=${remote.etag} Given=${Given} />` : html`<${Asked} question=${question} />`}
                ${question.state && (question.text || !question.desk) && html`<${Dialogue} question=${question} />`}
                ${!question.desk && question.state && html`<${ui.Section} title=${t('leave.title')} class="no-print"><${Leave} question=${question} /><//>`}
            `}<//>
        <//>`;
    }

    return {One};
}
