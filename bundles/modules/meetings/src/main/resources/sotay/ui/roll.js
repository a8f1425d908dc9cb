/** The roll: each press is kept at once; who asked for leave and was accepted is proposed as absent. */
export function roll(app, {say, useCell, useAnswers, useAction, requestOf, REASONS, VoteOf}) {
    const {html, t, format, ui, hooks, focusOn, outbox, useRemote, Problem} = app;

    function Roll({id}) {
        const meeting = useRemote(`/api/meetings/${id}`);
        return html`<${ui.Page} title=${t('roll.title')}
            lead=${meeting.data && `${say.title(meeting.data)}, ${format.when(meeting.data.startsAt)}`} back=${`/meetings/${id}`}
                backTitle=${t('one')}>
            <${ui.Remote} of=${meeting} loading=${t('one.loading')}>${one => (say.leads(one) ? html`<${Names}
                meeting=${one} />` : html`<${ui.Empty} title=${t('page.forbidden')} />`)}<//>
        <//>`;
    }

    function Names({meeting}) {
        const {members, items} = useCell(meeting.cell);
        const {by} = useAnswers(meeting);
        const attendance = useRemote(`/api/meetings/${meeting.id}/attendance?limit=500`);
        const [pressed, setPressed] = hooks.useState({});
        const rest = useAction();
        const keep = (member, value) => outbox.put(`/api/meetings/${meeting.id}/attendance/${member}`, value, {
            title: t('outbox.roll', {name: items.find(one => one.id === member)?.name, meeting: say.title(meeting)}),
            shown: value,
            id: 'member',
            quiet: true,
        });

        const kept = member => attendance.data?.items.find(one => one.member === member);
        const stateOf = member => pressed[member] ?? kept(member);
        /** What is most likely before anybody is called. */
        const proposed = member => {
            const given = by(member);
            return given?.answer === 'ABSENT' && requestOf(given) === 'accepted' ? {present: false, reason: given.reason} : {present: true};
        };
        const mark = async (member, value) => {
            setPressed(all => ({...all, [member]: {...value, sending: true}}));
            try {
                await keep(member, value);
                setPressed(all => ({...all, [member]: value}));
                // the minutes begin with it
                attendance.reload();
            } catch (failure) {
                if (!(failure instanceof Problem)) {
                    throw failure;
                }
                setPressed(all => ({...all, [member]: {...value, problem: failure}}));
            }
        };

        return html`<${ui.Remote} of=${members} loading=${t('roll.loading')}>${() => html`<${ui.Remote} of=${attendance}
            loading=${t('roll.loading')}>${() => {
            const closed = say.isClosed(meeting);
            const open = items.filter(member => !stateOf(member.id));
            const absent = items.filter(member => stateOf(member.id)?.present === false);
            const present = items.length - open.length - absent.length;
            const away = open.filter(member => !proposed(member.id).present).length;
            const fill = () => rest.run(async () => {
                for (const member of open) {
                    const value = proposed(member.id);
                    await keep(member.id, value);
                    setPressed(all => ({...all, [member.id]: value}));
                }
                attendance.reload();
                focusOn('roll-done');
            });
            return html`
                <p class="meetings-count" role="status">${t('roll.count', {present, absent: absent.length, open: open.length})}</p>
                ${items.length === 0 && html`<${ui.Empty} title=${t('roll.none')} />`}
                <ul class="rows meetings-roll">
                    ${items.map(member => html`<${Row} key=${member.id} member=${member} state=${stateOf(member.id)}
                        proposed=${proposed(member.id)} closed=${closed} mark=${value => mark(member.id, value)} />`)}
                </ul>
                ${!closed && open.length > 0 && html`
                    <${ui.ProblemNotice} problem=${rest.problem} />
                    <p class="no-print">${t('roll.rest-more', {count: open.length, present: open.length - away, absent: away})}</p>
                    <${ui.Button} kind="main" icon="check" id="roll-rest" busy=${rest.busy && t('edit.saving')} onClick=${fill}>
                        ${t('roll.rest', {count: open.length})}<//>`}
                ${!closed && open.length === 0 && items.length > 0 && html`
                    <p class="done" role="status" id="roll-done"><${ui.Icon} name="circle-check" /><span>${t('roll.done')}</span></p>
                    <${ui.Button} kind="main" icon="pencil" href=${`/meetings/${meeting.id}/minutes`}>${t('roll.to-minutes')}<//>`}
                <${VoteOf} meeting=${meeting} />
                <div class="actions no-print"><${ui.Button} kind="quiet" icon="printer" onClick=${() => print()}>${t('print')}<//></div>`;
        }}<//>`}<//>`;
    }

    function Row({member, state, proposed, closed, mark}) {
        const reason = state?.reason ?? '';
        const id = `roll-${member.id}`;
        return html`<li class="row meetings-roll-row" id=${id}>
            <div class="row-text">
                <span class="row-title name" id=${`${id}-name`}>${member.name}</span>
                ${!state && !proposed.present && html`<span class="row-more">${t('roll.excused', {reason: t(`reason.${proposed.reason}`)})}</span>`}
                ${closed && html`<span>${state ? wordOf(state) : t('roll.not-called')}</span>`}
                ${state?.problem && html`<${ui.ProblemNotice} problem=${state.problem}
                    retry=${() => mark({present: state.present, ...(reason ? {reason} : {})})} />`}
            </div>
            ${!closed && html`<span class="print-only">${state ? wordOf(state) : t('roll.paper')}</span>`}
            ${!closed && html`<div class="meetings-toggle" role="group" aria-labelledby=${`${id}-name`}>
                <button type="button" class="button present" aria-pressed=${state?.present === true ? 'true' : 'false'}
                    onClick=${() => mark({present: true})}><${ui.Icon} name="check" /><span>${t('roll.present')}</span></button>
                <button type="button" class="button absent" aria-pressed=${state?.present === false ? 'true' : 'false'}
                    onClick=${() => mark(proposed.present ? {present: false} : proposed)}><${ui.Icon} name="x" /><span>
                        ${t('roll.absent')}</span></button>
            </div>`}
            ${!closed && state?.present === false && html`<div class="meetings-reason">
                <label for=${`${id}-reason`}>${t('roll.reason')}</label>
                <select id=${`${id}-reason`} value=${reason}
                    onChange=${event => mark({present: false, ...(event.target.value ? {reason: event.target.value} : {})})}>
                    <option value="">${t('roll.no-reason')}</option>
                    ${REASONS.map(one => html`<option value=${one} selected=${one === reason}>${t(`reason.${one}`)}</option>`)}
                </select>
            </div>`}
        </li>`;
    }

    const wordOf = state => (state.present ? t('roll.present') : state.reason ? t('roll.absent-with', {reason: t(`reason.${state.reason}`)}) : t('roll.absent-without'));

    return {Roll};
}
