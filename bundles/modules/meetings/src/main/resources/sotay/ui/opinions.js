/** The items of a meeting with their documents, and what members think of them. */
const STANCES = ['AGREE', 'OTHER', 'ASK'];

export function opinions(app, parts) {
    const {html, t, format, ui, hooks, focusOn, newId, outbox, useAction, useForm, useRemote} = app;
    const {say} = parts;

    /** Sends an opinion, which stands in its list until it has arrived. */
    const send = (path, id, body, item, name) => outbox.put(`${path}/${id}`, body, {
        title: t('outbox.opinion', {item: item.title}),
        shown: {...body, member: body.member ?? app.caller.member?.id, memberName: name, at: new Date().toISOString()},
    });

    function Items({meeting}) {
        return html`<${ui.Section} title=${t('items.title')}>
            ${meeting.items.length === 0 && html`<${ui.Empty} title=${t('items.none')}>${t('items.none-more')}<//>`}
            <ol class="meetings-items">
                ${meeting.items.map((item, i) => html`<li key=${item.id} id=${`item-${item.id}`}>
                    <h3><span class="meetings-number">${i + 1}.</span> <${ui.Words} text=${item.title} /></h3>
                    ${(item.documents ?? []).length > 0
                        ? html`<${parts.DocumentList} documents=${item.documents} due=${meeting.documentsDue} />`
                        : html`<p class="hint">${t('items.no-documents')}</p>`}
                    <${Opinions} meeting=${meeting} item=${item} number=${i + 1} />
                </li>`)}
            </ol>
        <//>`;
    }

    function Opinions({meeting, item, number}) {
        const path = `/api/meetings/${meeting.id}/items/${item.id}/opinions`;
        const found = useRemote(`${path}?limit=200`);
        /** The id of the opinion that is written anew, or {@code new}, or {@code record} for one of somebody without a phone. */
        const [open, setOpen] = hooks.useState(null);
        const [withdrawn, setWithdrawn] = hooks.useState(null);
        const {busy, problem, run} = useAction();
        const items = found.data?.items ?? [];
        const mine = one => one.member === app.caller.member?.id;
        const isOpen = !say.isClosed(meeting);
        const mayWrite = app.caller.cell?.id === meeting.cell && isOpen;
        const mayRecord = say.leads(meeting) && isOpen;
        const mayChange = one => (mine(one) ? mayWrite : mayRecord && one.recordedBy);
        const prints = one => say.leads(meeting) && one.recordedBy;
        const begins = {new: `opinion-${item.id}-stance-AGREE`, record: `record-opinion-${item.id}-member`};
        const write = which => {
            setWithdrawn(null);
            setOpen(which);
            focusOn(begins[which] ?? `opinion-${which}-text`);
        };
        const close = kept => {
            focusOn(kept ? `said-${kept}` : open === 'record' ? `record-${number}` : `opinion-${number}`);
            setOpen(null);
        };
        const withdraw = async one => {
            if (await run(() => outbox.delete(`${path}/${one.id}`, {title: t('outbox.withdrawal', {item: item.title})}))) {
                setWithdrawn(one);
                focusOn(`put-back-${item.id}`);
            }
        };
        // an id that was taken back is not used again
        const putBack = async () => {
            const id = newId();
            if (await run(() => send(path, id, bodyOf(withdrawn.stance, withdrawn.text, mine(withdrawn) ? null : withdrawn.member), item, withdrawn.memberName))) {
                setWithdrawn(null);
                focusOn(`said-${id}`);
            }
        };
        return html`<div class="meetings-opinions">
            ${found.problem && !found.data && html`<${ui.ProblemNotice} problem=${found.problem} retry=${found.reload} />`}
            ${items.length > 0 && html`<ul class="meetings-said" aria-label=${t('opinions.title')}>
                ${items.map(one => html`<li key=${one.id} id=${`said-${one.id}`}>
                    ${open === one.id
                        ? html`<${OpinionForm} path=${path} item=${item} id=${`opinion-${one.id}`} given=${one} member=${mine(one) ? null : one.member} done=${close} />`
                        : html`<${Said} one=${one} mine=${mine(one)} />
                            ${(mayChange(one) || prints(one)) && html`<div class="actions no-print">
                                ${prints(one) && html`<${parts.Slip} meeting=${meeting} member=${one.member} name=${one.memberName} />`}
                                ${mayChange(one) && html`
                                <${ui.Button} kind="quiet" icon="pencil" onClick=${() => write(one.id)}>${t('opinions.change')}<span
                                    class="only-read"> ${t('opinions.on', {number})}</span><//>
                                <${ui.Button} kind="quiet" icon="trash-2" busy=${busy && t('answer.sending')} onClick=${() => withdraw(one)}>
                                    ${t('opinions.withdraw')}<span class="only-read"> ${t('opinions.on', {number})}</span><//>`}
                            </div>`}`}
                </li>`)}
            </ul>`}
            ${withdrawn && html`<${ui.Notice} title=${mine(withdrawn) ? t('opinions.withdrawn')
                : t('record.withdrawn', {name: withdrawn.memberName || t('opinions.someone')})} actions=${html`<${ui.Button} icon="undo-2"
                id=${`put-back-${item.id}`} busy=${busy && t('answer.sending')} onClick=${putBack}>${t('edit.put-back')}<//>`} />`}
            <${ui.ProblemNotice} problem=${problem} />
            ${say.leads(meeting) && found.data && items.length === 0 && html`<p class="hint">${t('opinions.none')}</p>`}
            ${mayWrite && (open === 'new'
                ? html`<${OpinionForm} path=${path} item=${item} id=${`opinion-${item.id}`} done=${close} />`
                : html`<${ui.Button} icon="message-square" id=${`opinion-${number}`} onClick=${() => write('new')}>
                    ${t(items.some(mine) ? 'opinions.write-more' : 'opinions.write')}<span class="only-read"> ${t('opinions.on', {number})}</span><//>`)}
            ${mayRecord && (open === 'record'
                ? html`<${RecordForm} meeting=${meeting} path=${path} item=${item} id=${`record-opinion-${item.id}`} done=${close} />`
                : html`<${ui.Button} kind="quiet" icon="pencil" id=${`record-${number}`} onClick=${() => write('record')}>
                    ${t('record.opinion')}<span class="only-read"> ${t('opinions.on', {number})}</span><//>`)}
        </div>`;
    }

    function Said({one, mine}) {
        return html`
            <p class="meetings-who"><strong class="name">
                ${mine ? t('opinions.me') : (one.memberName || t('opinions.someone'))}</strong> <${ui.Badge}
                    kind=${one.stance === 'AGREE' ? 'good' : 'mark'}>${t(`stance.${one.stance}`)}<//></p>
            ${one.text && html`<p class="meetings-text">${one.text}</p>`}
            <${ui.Unsent} of=${one} />
            ${one.recordedBy && html`<p class="hint">${t('record.by', {name: one.recordedByName || t('opinions.someone')})}</p>`}
            ${one.at && html`<p class="hint">${format.ago(one.at)}</p>`}`;
    }

    const bodyOf = (stance, text, member) => ({stance, ...(text ? {text} : {}), ...(member ? {member} : {})});

    /** An opinion of somebody who has no phone at hand, written down by a leader. */
    function RecordForm({meeting, ...rest}) {
        const {members, items} = parts.useCell(meeting.cell);
        // a helper issues no login cards, and does not see who has none
        const cards = useRemote(say.writes(meeting) ? `/api/cards?unit=${meeting.cell}` : null);
        const online = new Set((cards.data?.items ?? []).filter(one => one.account || one.card === 'OPEN').map(one => one.member));
        const others = items.filter(one => one.id !== app.caller.member?.id).map(one => ({...one, assisted: Boolean(cards.data) && !online.has(one.id)}));
        return html`<${ui.Remote} of=${members}>${() => html`<${OpinionForm} members=${others} ...${rest} />`}<//>`;
    }

    /**
     * @param given the opinion that is written anew; none: a new one
     * @param member whose opinion it is, if it is not the reader's own
     * @param members of whom it is one, still to be chosen
     */
    function OpinionForm({path, item, id, given, member, members, done}) {
        // the id is part of the draft: sent again after a lost reply, it is the same opinion
        const [opinion] = hooks.useState(() => given?.id ?? newId());
        const form = useForm(id, {id: opinion, stance: given?.stance ?? '', text: given?.text ?? '', member: member ?? ''});
        const own = !member && !members;
        const nameOf = one => (one ? given?.memberName ?? members?.find(each => each.id === one)?.name : app.caller.name);
        const option = one => html`<option value=${one.id} selected=${one.id === form.value('member')}>${one.name}</option>`;
        const submit = async () => {
            const stance = form.value('stance');
            const text = form.value('text').trim();
            const errors = [
                ...(members && !form.value('member') ? [{field: 'member', message: t('record.member-missing')}] : []),
                ...(stance ? [] : [{field: 'stance', message: t('opinions.stance-missing')}]),
                ...(stance && stance !== 'AGREE' && !text ? [{field: 'text', message: t(own ? 'opinions.text-missing' : 'record.text-missing')}] : []),
            ];
            if (errors.length) {
                form.refuse({status: 422, title: errors[0].message, errors});
                return;
            }
            const kept = form.value('id');
            if (await form.submit(() => send(path, kept, bodyOf(stance, text, form.value('member')), item, nameOf(form.value('member'))))) {
                done(kept);
            }
        };
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['member', 'stance', 'text']} aria-label=${t(own ? 'opinions.write' : 'record.opinion')}>
            ${members && html`<${ui.Field} form=${form} name="member" as="select" label=${t('record.member')}>
                <option value="">${t('record.choose')}</option>
                ${members.some(one => one.assisted)
                    ? [true, false].map(assisted => html`<optgroup key=${assisted} label=${t(assisted ? 'record.without' : 'record.others')}>
                        ${members.filter(one => one.assisted === assisted).map(option)}</optgroup>`)
                    : members.map(option)}<//>`}
            <${ui.Choice} form=${form} name="stance" label=${t(own ? 'opinions.stance' : 'record.stance')} options=${STANCES.map(one => [one, t(`stance.${one}`)])} />
            <${ui.Field} form=${form} name="text" as="textarea" label=${t('opinions.text')} optional=${form.value('stance') === 'AGREE'}
                maxlength="4000" />
            <div class="actions">
                <${ui.Button} kind="main" type="submit" icon="send" busy=${form.sending && t('answer.sending')}>${t(own ? 'opinions.send' : 'record.send')}<//>
                <${ui.Button} kind="quiet" onClick=${() => done(given?.id)}>${t('absence.cancel')}<//>
            </div>
        <//>`;
    }

    return {Items};
}
