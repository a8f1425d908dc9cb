/** The minutes as text, and the end of the meeting. */
export function minutes(app, {say, useCell}) {
    const {html, t, format, ui, api, hooks, navigate, useAction, useForm, useRemote} = app;

    /** What was kept, for all members. */
    function Minutes({meeting}) {
        const kept = useRemote(`/api/meetings/${meeting.id}/minutes`);
        return html`<${ui.Section} title=${t('minutes.title')}>
            ${kept.problem?.status === 404
                ? html`<${ui.Empty} title=${t('minutes.none')} />`
                : html`<${ui.Remote} of=${kept}>${one => html`<p class="meetings-text"><${ui.Words} text=${one.text} /></p>`}<//>`}
        <//>`;
    }

    function MinutesPage({id}) {
        const meeting = useRemote(`/api/meetings/${id}`);
        const kept = useRemote(`/api/meetings/${id}/minutes`);
        const attendance = useRemote(`/api/meetings/${id}/attendance?limit=500`);
        // what it begins with is what the roll says now; after that a reading again disturbs nobody who writes
        const started = hooks.useRef(false);
        const ready = meeting.data && (kept.data || kept.problem?.status === 404) && (attendance.data || attendance.problem) && (started.current || !attendance.loading);
        started.current = started.current || ready;
        return html`<${ui.Page} title=${t('minutes.title')}
            lead=${meeting.data && `${say.title(meeting.data)}, ${format.when(meeting.data.startsAt)}`} back=${`/meetings/${id}`}
                backTitle=${t('one')}>
            ${meeting.data && !say.writes(meeting.data)
                ? html`<${ui.Empty} title=${t('page.forbidden')} />`
                : ready
                ? html`<${ui.Openings} meeting=${meeting.data}>${lines => (lines === null ? html`<${ui.Loading} />` : html`<${Write} meeting=${meeting.data}
                    kept=${kept} attendance=${attendance.data?.items ?? []} lines=${lines} />`)}<//>`
                : html`<${ui.Remote} of=${meeting} loading=${t('one.loading')}>${() => html`<${ui.Loading} />`}<//>`}
        <//>`;
    }

    /** Closing sends the minutes, too: two steps in the record, one press here. */
    function Write({meeting, kept, attendance, lines}) {
        const {items: members} = useCell(meeting.cell);
        const form = useForm(`minutes-${meeting.id}`, {text: kept.data?.text ?? begin(meeting, attendance, lines), etag: kept.etag});
        const closing = useAction();
        const save = () => form.submit(({text, etag}) => api.put(`/api/meetings/${meeting.id}/minutes`, {text}, {etag}));
        const saved = kept.data && kept.data.text === form.value('text');
        const close = async () => {
            if (!saved && !(await save())) {
                return;
            }
            const sent = await closing.run(async () => {
                await api.post(`/api/meetings/${meeting.id}/close`);
                await api.post(`/api/meetings/${meeting.id}/publish`);
            });
            if (sent) {
                navigate(`/meetings/${meeting.id}`);
            }
        };
        if (say.isClosed(meeting)) {
            return html`<${ui.Notice} kind="good" title=${t('minutes.closed')} />`;
        }
        return html`
            <${ui.Form} form=${form} onSubmit=${save} shown=${['text']}>
                <${ui.Field} form=${form} name="text" as="textarea" class="meetings-minutes" label=${t('minutes.text')} hint=${t('minutes.hint')} />
                ${saved && html`<p class="done" role="status"><${ui.Icon} name="circle-check" /><span>${t('minutes.saved')}</span></p>`}
                <div class="actions"><${ui.Button} kind=${saved ? undefined : 'main'} type="submit" icon="check" id="save-minutes"
                    busy=${form.sending && t('edit.saving')}>${t('minutes.save')}<//></div>
            <//>
            <${ui.Section} title=${t('close.title')}>
                <p>${t('close.more', {count: members.length})}</p>
                <${ui.ProblemNotice} problem=${closing.problem} />
                <div class="actions"><${ui.Button} kind=${saved ? 'main' : undefined} icon="send" id="close-meeting"
                    busy=${closing.busy && t('answer.sending')} onClick=${close}>${t('close.do', {count: members.length})}<//></div>
            <//>`;
    }

    /** The lines that every minutes begin with, from what is known. @param lines what other modules had to say */
    function begin(meeting, attendance, lines) {
        const absent = attendance.filter(one => !one.present);
        return [
            t('begin.when', {when: format.when(meeting.startsAt), place: meeting.place ?? ''}),
            attendance.length === 0
                ? t('begin.present-open')
                : t('begin.present', {present: attendance.length - absent.length, excused: absent.filter(one => one.reason).length,
                    unexcused: absent.filter(one => !one.reason).length}),
            ...lines,
            t('begin.chair'),
            '',
            ...meeting.items.flatMap((item, i) => [`${i + 1}. ${item.title}`, '', '']),
            t('begin.end'),
        ].join('\n');
    }

    return {Minutes, MinutesPage};
}
