/** A member's answer to a notice: I will attend, or I ask for leave. */
const REASONS = ['ILLNESS', 'AT_SEA', 'DUTY_TRIP', 'STUDY', 'FAMILY', 'OTHER'];

export function answers(app, parts) {
    const {say} = parts;
    const {html, t, format, ui, hooks, focusOn, outbox, useAction, useForm, useRemote} = app;

    /** What an answer says; of none, nothing. */
    const wordsOf = given => (given
        ? {answer: given.answer, ...(given.reason ? {reason: given.reason} : {}), ...(given.message ? {message: given.message} : {})}
        : {});

    /** Sends an answer, which stands in the list of answers until it has arrived. @param base what its writer saw, by {@code wordsOf} */
    const send = (path, answer, title, base) => outbox.put(path, answer, {title, base, shown: {...answer, decision: null, other: null}, id: 'member'});

    const said = ({answer, reason, message}) => [answer === 'ATTENDING' ? t('record.attends') : `${t('answer.absent')} (${t(`reason.${reason}`)})`, message]
        .filter(Boolean).join(': ');

    /** A leader writes down what a member said, who has no phone at hand. */
    function RecordFor({meeting, member, done}) {
        const path = `/api/meetings/${meeting.id}/answers/${member.id}`;
        const [asking, setAsking] = hooks.useState(false);
        const {busy, problem, run} = useAction();
        if (asking) {
            return html`<${Absence} path=${path} id=${`absence-${meeting.id}-${member.id}`} title=${titleOf(meeting, member)} send=${t('record.absent')} done=${done} />`;
        }
        return html`<${ui.ProblemNotice} problem=${problem} />
            <div class="meetings-buttons">
                <${ui.Button} icon="check" busy=${busy && t('answer.sending')}
                    onClick=${async () => (await run(() => send(path, {answer: 'ATTENDING'}, titleOf(meeting, member), {}))) && done(true)}>${t('record.attends')}<//>
                <${ui.Button} icon="x" onClick=${() => setAsking(true)}>${t('answer.absent')}<//>
            </div>`;
    }

    /** What was written down for a member in a meeting, to be printed, signed and handed out. */
    function Slip({meeting, member, name}) {
        return html`<${ui.Button} kind="quiet" icon="printer" href=${`/api/meetings/${meeting.id}/slips/${member}`}
            download="phieu-ghi-ho.pdf">${t('slip.print')}<span class="only-read"> ${name}</span><//>`;
    }

    /** In which state my answer is, in a sentence, and what I can do about it. */
    function Answer({meeting}) {
        const me = app.caller.member.id;
        const path = `/api/meetings/${meeting.id}/answers/${me}`;
        // for a member the list has the own answer alone; who leads the cell has read it anyway
        const answers = useRemote(`/api/meetings/${meeting.id}/answers?limit=500`);
        const [asking, setAsking] = hooks.useState(false);
        const {busy, problem, run} = useAction();
        const given = answers.data?.items.find(one => one.member === me);
        const form = `absence-${meeting.id}`;
        const state = `answer-state-${meeting.id}`;

        const attend = async () => {
            if (await run(() => send(path, {answer: 'ATTENDING'}, titleOf(meeting), wordsOf(given)))) {
                setAsking(false);
                focusOn(state);
            }
        };
        /** Who chooses has seen both: the same again says that the other one may go. */
        const choose = async which => {
            if (await run(() => send(path, wordsOf(which), titleOf(meeting), wordsOf(given)))) {
                focusOn(state);
            }
        };
        const ask = () => {
            setAsking(true);
            focusOn(`${form}-reason-${given?.reason ?? REASONS[0]}`);
        };
        const close = sent => {
            setAsking(false);
            focusOn(sent ? state : `ask-leave-${meeting.id}`);
        };

        if (!answers.data) {
            return html`<${ui.Remote} of=${answers} loading=${t('answer.loading')}>${() => null}<//>`;
        }
        if (say.isOver(meeting)) {
            return html`<p class="meetings-answer-state">${given ? sentence(given) : t('answer.none-over')}</p>`;
        }
        const attends = given?.answer === 'ATTENDING';
        return html`<div class="meetings-answer" id=${`answer-${meeting.id}`}>
            ${given && html`<${ui.Notice} id=${state} kind=${kindOf(given)} title=${sentence(given)}>
                <${ui.Unsent} of=${given} />
                ${given.recordedBy && html`<p>${recorder(given)}</p>`}
                ${given.decision?.message && html`<p>${t('answer.secretary-says', {message: given.decision.message})}</p>`}<//>`}
            ${!given && html`<p>${t('answer.ask')}</p>`}
            ${given?.other && html`<${Both} given=${given} choose=${choose} busy=${busy} />`}
            <${ui.ProblemNotice} problem=${problem} retry=${problem?.isNetwork ? attend : undefined} />
            ${asking
                ? html`<${Absence} path=${path} id=${form} title=${titleOf(meeting)} send=${t('absence.send')} given=${given} done=${close} />`
                : html`<div class="meetings-buttons">
                    ${!attends && html`<${ui.Button} kind=${given ? undefined : 'main'} icon="check" id="attend"
                        busy=${busy && t('answer.sending')} onClick=${attend}>${given ? t('answer.attend-after-all') : t('answer.attend')}<//>`}
                    <${ui.Button} id=${`ask-leave-${meeting.id}`} icon="x" onClick=${ask}>
                        ${attends ? t('answer.change') : given ? t('answer.rewrite') : t('answer.absent')}<//>
                </div>`}
        </div>`;
    }

    /** That the member answered otherwise on another phone: both, each with a way to it. */
    function Both({given, choose, busy}) {
        const {other} = given;
        return html`<${ui.Notice} kind="late" title=${t('both.title')} id="both-answers" actions=${html`
            <${ui.Button} icon="check" busy=${busy && t('answer.sending')} onClick=${() => choose(given)}>${t('both.keep')}<//>
            <${ui.Button} icon="undo-2" onClick=${() => choose(other)}>${t('both.take')}<//>`}>
            <p>${t('both.counts', {words: said(given)})}</p>
            <p>${t(other.recordedBy ? 'both.recorded' : 'both.other', {time: format.when(other.at), words: said(other)})}</p>
        <//>`;
    }

    function Absence({path, id, title, send: button, given, done}) {
        const form = useForm(id, {
            reason: given?.answer === 'ABSENT' ? given.reason : '',
            message: given?.answer === 'ABSENT' ? (given.message ?? '') : '',
            base: wordsOf(given),
        });
        const submit = async () => {
            if (!form.value('reason')) {
                form.refuse({status: 422, title: t('absence.reason-missing'), errors: [{field: 'reason', message: t('absence.reason-missing')}]});
                return;
            }
            const message = form.value('message').trim();
            if (await form.submit(({reason, base}) => send(path, {answer: 'ABSENT', reason, ...(message ? {message} : {})}, title, base))) {
                done(true);
            }
        };
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['reason', 'message']} aria-label=${t('answer.absent')}>
            <${ui.Choice} form=${form} name="reason" label=${t('absence.reason')} options=${REASONS.map(reason => [reason, t(`reason.${reason}`)])} />
            <${ui.Field} form=${form} name="message" as="textarea" label=${t('absence.message')} optional maxlength="1000" />
            <div class="actions">
                <${ui.Button} kind="main" type="submit" icon="send" id="send-absence" busy=${form.sending && t('answer.sending')}>${button}<//>
                <${ui.Button} kind="quiet" onClick=${() => done(false)}>${t('absence.cancel')}<//>
            </div>
        <//>`;
    }

    function sentence(given) {
        if (given.answer === 'ATTENDING') {
            return t('answer.is-attending');
        }
        return t(given.waiting ? 'answer.is-unsent' : `answer.is-${requestOf(given)}`, {reason: t(`reason.${given.reason}`)});
    }

    const titleOf = (meeting, member) => (member
        ? t('outbox.answer-of', {name: member.name, meeting: say.title(meeting)})
        : t('outbox.answer', {meeting: say.title(meeting)}));
    const recorder = given => t('record.by', {name: given.recordedByName || t('opinions.someone')});
    const requestOf = given => (given.decision ? (given.decision.accepted ? 'accepted' : 'refused') : 'requested');
    const kindOf = given => (given.answer === 'ATTENDING' || given.decision?.accepted ? 'good' : given.decision ? 'late' : undefined);

    return {Answer, RecordFor, Slip, requestOf, recorder, said, REASONS};
}
