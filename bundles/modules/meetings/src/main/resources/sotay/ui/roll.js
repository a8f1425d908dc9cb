/**
 * The roll: each press is kept at once; who asked for leave and was accepted is proposed as absent. What comes after the meeting was closed
 * waits for who leads the cell.
 */
export function roll(app, {say, useCell, useAnswers, requestOf, REASONS, VoteOf}) {
    const {html, t, format, ui, api, hooks, focusOn, outbox, useAction, useRemote, Problem} = app;

    function Roll({id}) {
        const meeting = useRemote(`/api/meetings/${id}`);
        return html`<${ui.Page} title=${t('roll.title')}
            lead=${meeting.data && `${say.title(meeting.data)}, ${format.when(meeting.data.startsAt)}`} back=${`/meetings/${id}`}
                backTitle=${t('one')}>
            <${ui.Remote} of=${meeting} loading=${t('one.loading')}>${one => (say.leads(one) ? html`
                ${say.isClosed(one) ? html`<${LateCalls} meeting=${one} />` : html`<${Opening} meeting=${one} />`}
                <${Names} meeting=${one} closedNow=${meeting.reload} />` : html`<${ui.Empty} title=${t('page.forbidden')} />`)}<//>
        <//>`;
    }

    /** What is announced when the meeting opens. */
    const Opening = ({meeting}) => html`<${ui.Openings} meeting=${meeting}>${lines => lines !== null && lines.length > 0 && html`<${ui.Section}
        title=${t('roll.opening')} id="meeting-opening">${lines.map(line => html`<p key=${line}>${line}</p>`)}<//>`}<//>`;

    /** @param closedNow called when the server says that the meeting was closed meanwhile */
    function Names({meeting, closedNow}) {
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
                const {data} = await keep(member, value);
                if (data?.held) {
                    setPressed({});
                    closedNow();
                } else {
                    setPressed(all => ({...all, [member]: value}));
                }
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
                    const {data} = await keep(member.id, value);
                    if (data?.held) {
                        setPressed({});
                        closedNow();
                        break;
                    }
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

    // ---- what came after the meeting was closed

    const useLateCalls = meeting => {
        const late = useRemote(say.isClosed(meeting) ? `/api/meetings/${meeting.id}/late-calls?limit=500` : null);
        const items = late.data?.items ?? [];
        return {items, open: items.filter(one => typeof one.taken !== 'boolean')};
    };

    /** For the leaders: each line as it came, beside what the roll says. */
    function LateCalls({meeting}) {
        const {items, open} = useLateCalls(meeting);
        return items.length > 0 && html`<${Late} meeting=${meeting} items=${items} open=${open} />`;
    }

    function Late({meeting, items, open}) {
        const {nameOf} = useCell(meeting.cell);
        const attendance = useRemote(`/api/meetings/${meeting.id}/attendance?limit=500`);
        const inRoll = member => attendance.data?.items.find(one => one.member === member);
        return html`<section class="section no-print" id="late-calls">
            <h2>${t('late.title', {count: items.length})}</h2>
            ${open.length > 0 && html`<p>${t(say.writes(meeting) ? 'late.more' : 'late.waits')}</p>`}
            <ul class="rows">${items.map(one => html`<${LateRow} key=${one.id} meeting=${meeting} one=${one} name=${nameOf(one.member)}
                recorder=${nameOf(one.recordedBy)} kept=${inRoll(one.member)} />`)}</ul>
        </section>`;
    }

    function LateRow({meeting, one, name, recorder, kept}) {
        const {busy, problem, run} = useAction();
        const decide = async taken => (await run(() => api.put(`/api/meetings/${meeting.id}/late-calls/${one.id}/decision`, {taken})))
            && focusOn(`late-${one.id}`);
        const open = typeof one.taken !== 'boolean';
        return html`<li class="row meetings-request" id=${`late-${one.id}`}>
            <div class="row-text">
                <span class="row-title name">${name}</span>
                <span>${wordOf(one)}</span>
                <span class="row-more">${t('late.came', {name: recorder, time: format.when(one.at)})}</span>
                ${open && html`<span class="row-more">${t('late.roll', {state: kept ? wordOf(kept) : t('roll.not-called')})}</span>`}
                ${!open && html`<span><${ui.Badge} kind=${one.taken && 'good'}>${t(one.taken ? 'late.was-taken' : 'late.was-left')}<//></span>`}
                <${ui.ProblemNotice} problem=${problem} />
                ${open && say.writes(meeting) && html`<div class="meetings-buttons">
                    <${ui.Button} icon="check" busy=${busy && t('answer.sending')} onClick=${() => decide(true)}>${t('late.take')}<span
                        class="only-read"> ${name}</span><//>
                    <${ui.Button} icon="x" onClick=${() => decide(false)}>${t('late.leave')}<span class="only-read"> ${name}</span><//>
                </div>`}
            </div>
        </li>`;
    }

    /** Today, for who leads the cell. */
    function NewLateCalls({meeting}) {
        const {open} = useLateCalls(meeting);
        return open.length > 0 && html`<${ui.Card} title=${t('late.open', {count: open.length})} icon="list-checks"
            id=${`late-of-${meeting.id}`}><${ui.Links} label=${t('late.look')} rows=${[
            {href: `/meetings/${meeting.id}/roll`, title: t('late.look'), text: say.title(meeting)}]} /><//>`;
    }

    return {LateCalls, NewLateCalls, Roll};
}
