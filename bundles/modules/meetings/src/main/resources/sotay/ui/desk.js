/** The secretary's desk: what comes next, who has answered, who asks for leave. */
export function desk(app, parts) {
    const {html, t, format, ui, api, hooks, focusOn, useAction, useForm, useRemote} = app;
    const {say, useCell, useAnswers, requestOf, recorder, said, useReads, RecordFor, Slip} = parts;

    /**
     * Who has not answered, parted by whether they have opened the meeting; null instead of the parts where that is not known: before it
     * was told, and of one that was over before that was kept.
     */
    function useSilent(meeting) {
        const {members, items} = useCell(meeting.cell);
        const {answers, by} = useAnswers(meeting);
        const {reads, items: opened, of} = useReads(meeting);
        const silent = items.filter(member => !by(member.id));
        const isKnown = Boolean(reads.data) && say.isNotified(meeting) && (!say.isClosed(meeting) || opened.length > 0);
        return {
            isThere: Boolean(members.data && answers.data),
            isReading: reads.loading && !reads.data,
            all: items.length,
            silent,
            openedAt: member => of(member.id)?.at,
            opened: isKnown ? items.filter(member => of(member.id)).length : null,
            unopened: isKnown ? silent.filter(member => !of(member.id)) : null,
            unanswered: isKnown ? silent.filter(member => of(member.id)) : null,
        };
    }

    /** Today, for who leads the cell. */
    function DeskCard({meeting}) {
        const {items} = useCell(meeting.cell);
        const {answers, waiting, items: given} = useAnswers(meeting);
        const {opened} = useSilent(meeting);
        return html`<${ui.Card} title=${t('desk.mine')} icon="list-checks" id="my-cell">
            ${answers.data && say.isNotified(meeting) && html`<p>${t('desk.answered', {count: given.length, all: items.length})}${
                opened !== null && html`<br />${t('desk.opened', {count: opened, all: items.length})}`}</p>`}
            ${waiting.length > 0 && html`<p><${ui.Badge} kind="late" icon="circle-alert">${t('desk.waiting', {count: waiting.length})}<//></p>`}
            <${Due} meeting=${meeting} />
            <${Next} meeting=${meeting} short />
        <//>`;
    }

    /** What of a meeting is due within two days, or has been for some time: nothing if that is nothing. */
    function Due({meeting, title}) {
        const summary = useRemote(`/api/meetings/${meeting.id}/summary`);
        const today = format.today();
        const due = (summary.data?.deadlines ?? []).filter(one => one.day <= format.plusDays(today, 2));
        return due.length > 0 && html`<div class="meetings-due">
            <h3>${title ?? t('due.title')}</h3>
            <${ui.Links} label=${title ?? t('due.title')} rows=${due.map(one => ({
                href: `/meetings/${meeting.id}`,
                title: t(`due.${one.step}`),
                text: t('due.by', {day: format.day(one.day)}),
                state: one.day < today ? html`<${ui.Badge} kind="late">${t('due.late')}<//>`
                    : one.day === today && html`<${ui.Badge} kind="mark">${t('due.today')}<//>`,
            }))} />
        </div>`;
    }

    /** Today: earlier meetings of which something is still open. */
    const Unfinished = ({meetings}) => html`<${ui.Card} title=${t('due.unfinished')} icon="list-checks" id="unfinished">
        ${meetings.map(one => html`<${Due} key=${one.id} meeting=${one} title=${say.title(one)} />`)}
    <//>`;

    /** One touch reminds those who are silent; and whom the notice has reached. */
    function Remind({meeting}) {
        const {unopened, unanswered} = useSilent(meeting);
        const {busy, problem, run} = useAction();
        const [done, setDone] = hooks.useState(null);
        if (!say.leads(meeting) || !say.isNotified(meeting) || say.isClosed(meeting) || say.hasBegun(meeting)) {
            return null;
        }
        const remind = whom => run(async () => setDone((await api.post(`/api/meetings/${meeting.id}/reminders`, {whom})).reminded));
        const silent = [['UNREAD', unopened, 'unread'], ['UNANSWERED', unopened && unanswered && [...unopened, ...unanswered], 'unanswered']];
        return html`<${ui.Section} title=${t('remind.title')} class="no-print" id="remind">
            <${ui.Reached} about=${`meeting:${meeting.id}`} />
            <p class="hint">${t('remind.more')}</p>
            <div class="actions">${silent.map(([whom, members, name]) => members && members.length > 0 && html`<${ui.Button} key=${whom} icon="bell"
                id=${`remind-${name}`} busy=${busy && t('answer.sending')} onClick=${() => remind(whom)}>${t(`remind.${name}`, {count: members.length})}<//>`)}</div>
            ${done !== null && html`<p class="done" role="status"><${ui.Icon} name="circle-check" /><span>${t('remind.done', {count: done})}</span></p>`}
            <${ui.ProblemNotice} problem=${problem} />
        <//>`;
    }

    /** The one thing to do next. */
    const Next = props => html`<div id=${`next-${props.meeting.id}`}><${NextStep} ...${props} /></div>`;

    function NextStep({meeting, short}) {
        const {items} = useCell(meeting.cell);
        const {busy, problem, run} = useAction();
        const step = async name => (await run(() => api.post(`/api/meetings/${meeting.id}/${name}`))) && focusOn(`next-${meeting.id}`);
        const documents = meeting.items.flatMap(item => item.documents ?? []).length;
        if (!say.writes(meeting)) {
            return null;
        }
        const after = {CLOSED: 'publish', PUBLISHED: 'report'}[meeting.state];
        if (after) {
            return html`<div class="meetings-next">
                <p>${t(`next.${after}-more`, {count: items.length})}</p>
                <${ui.ProblemNotice} problem=${problem} />
                <${ui.Button} kind="main" icon="send" id=${after} busy=${busy && t('answer.sending')}
                    onClick=${() => step(after)}>${t(`next.${after}`, {count: items.length})}<//>
            </div>`;
        }
        if (say.isClosed(meeting)) {
            return html`<p class="done"><${ui.Icon} name="circle-check" /><span>${t('next.all-done')}</span></p>`;
        }
        if (!say.isNotified(meeting)) {
            return html`<div class="meetings-next">
                <p>${t('next.notify-more', {count: items.length})}</p>
                <${ui.ProblemNotice} problem=${problem} />
                <${ui.Button} kind="main" icon="bell" id="notify" busy=${busy && t('next.notifying')}
                    onClick=${() => step('notify')}>${t('next.notify', {count: items.length})}<//>
            </div>`;
        }
        if (!say.hasBegun(meeting) && format.dayOf(meeting.startsAt) !== format.today()) {
            if (documents === 0) {
                return html`<div class="meetings-next">
                    <p>${t('next.documents-more', {day: format.day(meeting.documentsDue)})}</p>
                    <${ui.Button} kind="main" icon="upload" href=${`/meetings/${meeting.id}/edit`}>${t('next.documents')}<//>
                </div>`;
            }
            return short
                ? html`<${ui.Links} rows=${[{href: `/meetings/${meeting.id}`, title: t('next.look')}]} />`
                : html`<p class="done"><${ui.Icon} name="circle-check" /><span>${t('next.ready')}</span></p>`;
        }
        return html`<div class="meetings-next">
            <p>${t('next.roll-more')}</p>
            <${ui.Button} kind="main" icon="list-checks" href=${`/meetings/${meeting.id}/roll`}>${t('roll.title')}<//>
        </div>`;
    }

    function Desk({meeting}) {
        const closed = say.isClosed(meeting);
        return html`<${ui.Section} title=${t('desk.title')} class="no-print" id="desk">
            <${parts.Conflicts} meeting=${meeting} />
            <${Next} meeting=${meeting} />
            <${ui.Links} label=${t('desk.title')} rows=${[
                ...(closed || !say.writes(meeting) ? [] : [{href: `/meetings/${meeting.id}/edit`, title: t('desk.edit'), text: t('desk.edit-more')}]),
                {href: `/meetings/${meeting.id}/roll`, title: t('roll.title'), text: t(closed ? 'desk.roll-closed' : 'desk.roll-more')},
                ...(closed || !say.writes(meeting) ? []
                    : [{href: `/meetings/${meeting.id}/minutes`, title: t('minutes.title'), text: t('desk.minutes-more')}]),
            ]} />
            <${Steps} meeting=${meeting} />
            <${parts.LateCalls} meeting=${meeting} />
            <${AnswersOf} meeting=${meeting} />
        <//>
        <${Remind} meeting=${meeting} />`;
    }

    /** What was done, when, and whether that was late. */
    function Steps({meeting}) {
        const steps = meeting.steps ?? [];
        return steps.length > 0 && html`<ul class="meetings-steps" aria-label=${t('steps.title')}>
            ${steps.map(step => html`<li key=${step.state}><${ui.Icon} name="check" /><span>
                ${t(`step.${step.state}`)}: ${format.when(step.at)} ${step.late && html`<${ui.Badge} kind="late">
                    ${t('step.late')}<//>`}</span></li>`)}
        </ul>`;
    }

    /** Who asks for leave first, then who has not answered, then the rest. */
    function AnswersOf({meeting}) {
        const {members, items, nameOf} = useCell(meeting.cell);
        const {answers, attending, absent} = useAnswers(meeting);
        const recorded = [...attending, ...absent].filter(one => one.recordedBy);
        const {isReading, silent, opened, unopened, unanswered, openedAt} = useSilent(meeting);
        const sorted = list => [...list].sort((a, b) => format.compareNames(nameOf(a.member), nameOf(b.member)));
        return html`<${ui.Remote} of=${answers} loading=${t('answers.loading')}>${() => html`<${ui.Remote} of=${members}>${() => html`
            <p id=${`answers-of-${meeting.id}`}>${t('desk.answered', {count: attending.length + absent.length, all: items.length})}${
                opened !== null && html`<br />${t('desk.opened', {count: opened, all: items.length})}`}</p>
            ${absent.length > 0 && html`<h3 id="absences">${t('answers.absent', {count: absent.length})}</h3>
                <ul class="rows">${sorted(absent).map(one => html`<${Request} key=${one.member} meeting=${meeting} given=${one}
                    name=${nameOf(one.member)} />`)}</ul>`}
            <details class="meetings-names"><summary>${t('answers.attending', {count: attending.length})}</summary><${Names}
                list=${sorted(attending)} nameOf=${nameOf} /></details>
            ${isReading ? html`<${ui.Loading}>${t('answers.loading')}<//>` : unopened === null ? html`<${Silent} meeting=${meeting}
                title="answers.silent" list=${silent} />` : html`
                <${Silent} meeting=${meeting} title="answers.unopened" list=${unopened} />
                <${Silent} meeting=${meeting} title="answers.unanswered" list=${unanswered} openedAt=${openedAt} />`}
            ${recorded.length > 0 && html`<h3 id="recorded">${t('slip.recorded', {count: recorded.length})}</h3>
                <ul class="rows">${sorted(recorded).map(one => html`<li class="row meetings-recorded" key=${one.member}>
                    <span class="row-text"><span class="row-title name">${nameOf(one.member)}</span>
                        <span class="row-more">${t(one.answer === 'ATTENDING' ? 'record.attends' : 'answer.absent')} · ${recorder(one)}</span></span>
                    <${Slip} meeting=${meeting} member=${one.member} name=${nameOf(one.member)} />
                </li>`)}</ul>`}
        `}<//>`}<//>`;
    }

    const Names = ({list, nameOf}) => (list.length
        ? html`<ul class="plain">${list.map(one => html`<li key=${one.member}><span class="name">${nameOf(one.member)}</span>
            ${one.recordedBy && html` <span class="hint">${recorder(one)}</span>`}
            ${one.other && html` <span class="hint">${t('both.of', {words: said(one.other)})}</span>`}</li>`)}</ul>`
        : html`<p class="hint">${t('answers.nobody')}</p>`);

    /** Who has not answered, each with a way to write down what they say, and when they have opened the meeting. */
    function Silent({meeting, title, list, openedAt}) {
        const [open, setOpen] = hooks.useState(null);
        const done = (member, sent) => {
            setOpen(null);
            focusOn(sent ? `answers-of-${meeting.id}` : `record-${member.id}`);
        };
        return html`<details class="meetings-names"><summary>${t(title, {count: list.length})}</summary>
        ${list.length === 0 && html`<p class="hint">${t('answers.nobody')}</p>`}
        ${list.length > 0 && html`<ul class="rows">${list.map(member => html`<li class="row meetings-request" key=${member.id}>
            <div class="row-text">
                <span class="row-title name">${member.name}</span>
                ${openedAt && html`<span class="row-more">${t('answers.opened', {time: format.ago(openedAt(member))})}</span>`}
                ${open === member.id && html`<div id=${`record-of-${member.id}`}><${RecordFor} meeting=${meeting} member=${member} done=${sent => done(member, sent)} /></div>`}
            </div>
            ${open !== member.id && member.id !== app.caller.member?.id && !say.isClosed(meeting) && html`<${ui.Button} kind="quiet" icon="pencil" id=${`record-${member.id}`} onClick=${() => {
                setOpen(member.id);
                focusOn(`record-of-${member.id}`);
            }}>
                ${t('record.title')}<span class="only-read"> ${member.name}</span><//>`}
        </li>`)}</ul>`}</details>`;
    }

    /** On paper: whom to call, or to go and see, before the meeting. */
    function NotAnswered({meeting}) {
        const {isThere, all, silent, opened, unopened, unanswered, openedAt} = useSilent(meeting);
        if (!isThere || unopened === null || silent.length === 0 || say.isClosed(meeting)) {
            return null;
        }
        const names = (title, list, more) => list.length > 0 && html`<h3>${t(title, {count: list.length})}</h3>
            <ul class="plain">${list.map(member => html`<li key=${member.id}>${member.name}${more && more(member)}</li>`)}</ul>`;
        return html`<section class="section print-only" id="not-answered">
            <h2>${t('answers.silent', {count: silent.length})}</h2>
            <p>${t('desk.answered', {count: all - silent.length, all})} ${t('desk.opened', {count: opened, all})}</p>
            ${names('answers.unopened', unopened)}
            ${names('answers.unanswered', unanswered, member => ` (${t('answers.opened', {time: format.when(openedAt(member))})})`)}
        </section>`;
    }

    /** One request for leave; the decision can be changed until the meeting is closed. */
    function Request({meeting, given, name}) {
        const {busy, problem, run} = useAction();
        const [again, setAgain] = hooks.useState(false);
        const form = useForm(`decision-${meeting.id}-${given.member}`, {message: ''});
        const state = requestOf(given);
        const open = (state === 'requested' || again) && say.writes(meeting) && !say.isClosed(meeting);
        const decide = async accepted => {
            const message = form.value('message').trim();
            const sent = await run(() => api.put(`/api/meetings/${meeting.id}/answers/${given.member}/decision`, {accepted,
                ...(message ? {message} : {})}));
            if (sent) {
                form.discard();
                setAgain(false);
                focusOn(`request-${given.member}`);
            }
        };
        return html`<li class="row meetings-request" id=${`request-${given.member}`}>
            <div class="row-text">
                <span class="row-title name">${name}</span>
                <span>${t(`reason.${given.reason}`)}${given.message && html`: <q>${given.message}</q>`}</span>
                ${!open && html`<span><${ui.Badge} kind=${state === 'accepted' ? 'good' : 'late'}>${t(`request.${state}`)}<//></span>`}
                ${!open && given.decision?.message && html`<span class="row-more">${t('request.you-said', {message: given.decision.message})}</span>`}
                ${given.recordedBy && html`<span class="row-more">${recorder(given)}</span>`}
                ${given.other && html`<span class="row-more">${t('both.of', {words: said(given.other)})}</span>`}
                <${ui.ProblemNotice} problem=${problem} />
                ${open
                    ? html`<${ui.Field} form=${form} name="message" label=${t('request.message')} optional maxlength="1000" />
                        <div class="meetings-buttons">
                            <${ui.Button} icon="check" busy=${busy && t('answer.sending')} onClick=${() => decide(true)}>
                                ${t('request.accept')}<span class="only-read"> ${name}</span><//>
                            <${ui.Button} icon="x" busy=${busy && t('answer.sending')} onClick=${() => decide(false)}>${t('request.refuse')}<span
                                class="only-read"> ${name}</span><//>
                        </div>`
                    : say.writes(meeting) && !say.isClosed(meeting) && html`<${ui.Button} kind="quiet" icon="undo-2"
                        onClick=${() => setAgain(true)}>${t('request.again')}<span class="only-read"> ${name}</span><//>`}
            </div>
        </li>`;
    }

    /** The meeting in figures. */
    function Figures({meeting}) {
        const summary = useRemote(`/api/meetings/${meeting.id}/summary`);
        return html`<${ui.Section} title=${t('figures.title')}>
            <${ui.Remote} of=${summary}>${one => html`
                <${ui.Facts} rows=${['members', 'attending', 'requests', 'excused', 'opinions', 'present', 'absentWithReason', 'absentWithoutReason'].map(name => [t(`figures.${name}`), one[name]])} />
                <${Vote} vote=${one.vote} />`}<//>
        <//>`;
    }

    /** How many votes a resolution needs; that a cell may be too small to decide at all. */
    function Vote({vote}) {
        if (!vote) {
            return null;
        }
        return vote.canDecide
            ? html`<p class="hint">${t('vote.needed', vote)}</p>`
            : html`<${ui.Notice} kind="late" title=${t('vote.too-few')}>${t('vote.too-few-more')}<//>`;
    }

    /** What a vote needs in this meeting. */
    function VoteOf({meeting}) {
        const summary = useRemote(`/api/meetings/${meeting.id}/summary`);
        return html`<${Vote} vote=${summary.data?.vote} />`;
    }

    return {Desk, DeskCard, Unfinished, Figures, NotAnswered, VoteOf};
}
