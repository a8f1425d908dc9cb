/** The items of a meeting with their documents, and what members think of them. */
const STANCES = ['AGREE', 'OTHER', 'ASK'];

export function opinions(app, parts) {
    const {html, t, format, ui, api, hooks, newId, useForm, useRemote} = app;
    const {say} = parts;

    function Items({meeting}) {
        return html`<${ui.Section} title=${t('items.title')}>
            ${meeting.items.length === 0 && html`<${ui.Empty} title=${t('items.none')}>${t('items.none-more')}<//>`}
            <ol class="meetings-items">
                ${meeting.items.map((item, i) => html`<li key=${item.id} id=${`item-${item.id}`}>
                    <h3><span class="meetings-number">${i + 1}.</span> ${item.title}</h3>
                    ${(item.documents ?? []).length > 0
                        ? html`<${parts.DocumentList} documents=${item.documents} due=${meeting.documentsDue} />`
                        : html`<p class="hint">${t('items.no-documents')}</p>`}
                    <${Opinions} meeting=${meeting} item=${item} number=${i + 1} />
                </li>`)}
            </ol>
        <//>`;
    }

    function Opinions({meeting, item, number}) {
        const found = useRemote(`/api/meetings/${meeting.id}/items/${item.id}/opinions?limit=200`);
        const [writing, setWriting] = hooks.useState(false);
        const items = found.data?.items ?? [];
        const mayWrite = app.caller.cell?.id === meeting.cell && !say.isClosed(meeting);
        return html`<div class="meetings-opinions">
            ${found.problem && !found.data && html`<${ui.ProblemNotice} problem=${found.problem} retry=${found.reload} />`}
            ${items.length > 0 && html`<ul class="meetings-said" aria-label=${t('opinions.title')}>
                ${items.map(one => html`<li key=${one.id}>
                    <p class="meetings-who"><strong class="name">
                        ${one.member === app.caller.member?.id ? t('opinions.me')
                            : (one.memberName ?? t('opinions.someone'))}</strong> <${ui.Badge} kind=${one.stance === 'AGREE' ? 'good' : 'mark'}>
                                ${t(`stance.${one.stance}`)}<//></p>
                    ${one.text && html`<p class="meetings-text">${one.text}</p>`}
                    ${one.at && html`<p class="hint">${format.ago(one.at)}</p>`}
                </li>`)}
            </ul>`}
            ${say.leads(meeting) && found.data && items.length === 0 && html`<p class="hint">${t('opinions.none')}</p>`}
            ${mayWrite && (writing
                ? html`<${OpinionForm} meeting=${meeting} item=${item} done=${() => setWriting(false)} />`
                : html`<${ui.Button} icon="message-square" id=${`opinion-${number}`} onClick=${() => setWriting(true)}>
                    ${t('opinions.write')}<span class="only-read"> ${t('opinions.on', {number})}</span><//>`)}
        </div>`;
    }

    function OpinionForm({meeting, item, done}) {
        // the id is part of the draft: sent again after a lost reply, it is the same opinion
        const [id] = hooks.useState(newId);
        const form = useForm(`opinion-${item.id}`, {id, stance: '', text: ''});
        const submit = async () => {
            const stance = form.value('stance');
            const text = form.value('text').trim();
            const errors = [
                ...(stance ? [] : [{field: 'stance', message: t('opinions.stance-missing')}]),
                ...(stance && stance !== 'AGREE' && !text ? [{field: 'text', message: t('opinions.text-missing')}] : []),
            ];
            if (errors.length) {
                form.refuse({status: 422, title: errors[0].message, errors});
                return;
            }
            if (await form.submit(values => api.put(`/api/meetings/${meeting.id}/items/${item.id}/opinions/${values.id}`, {stance, text}))) {
                done();
            }
        };
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['stance', 'text']} aria-label=${t('opinions.write')}>
            <${ui.Choice} form=${form} name="stance" label=${t('opinions.stance')} options=${STANCES.map(one => [one, t(`stance.${one}`)])} />
            <${ui.Field} form=${form} name="text" as="textarea" label=${t('opinions.text')} optional=${form.value('stance') === 'AGREE'}
                maxlength="4000" />
            <div class="actions">
                <${ui.Button} kind="main" type="submit" icon="send" busy=${form.sending && t('answer.sending')}>${t('opinions.send')}<//>
                <${ui.Button} kind="quiet" onClick=${done}>${t('absence.cancel')}<//>
            </div>
        <//>`;
    }

    return {Items};
}
