/** What a cell makes of the opinions of its members: who said what, what the cell says, and that it is sent. For those who lead it. */
const WHOLE = 'all';

export function summing(app, {say, Stance, Said, STANCES}) {
    const {html, t, format, ui, api, hooks, focusOn, useAction, useForm, useRemote} = app;

    const led = () => app.caller.mandates.find(one => ['SECRETARY', 'DEPUTY'].includes(one.role))?.unit;
    const keyOf = one => `${one.edition} ${one.anchor}`;

    /** Paragraphs of which anybody has said anything, in the order of the draft: the whole first. */
    function places(said, {opinions: ofCell, places: order}) {
        const all = new Map([[`0 ${WHOLE}`, null]]);
        for (const one of [...said, ...ofCell]) {
            if (one.anchor !== WHOLE && !all.has(keyOf(one))) {
                all.set(keyOf(one), one);
            }
        }
        const at = one => (one ? order.indexOf(one.anchor) : -1);
        return [...all.values()].sort((one, other) => at(one) - at(other));
    }

    function Cell({id}) {
        const cell = led();
        const document = useRemote(`/api/documents/${id}`);
        const state = useRemote(cell ? `/api/documents/${id}/cells/${cell}` : null);
        const said = useRemote(cell ? `/api/documents/${id}/cells/${cell}/opinions?limit=500` : null);
        return html`<${ui.Page} title=${t('cell.title')} lead=${document.data?.title} back=${`/documents/${id}`} backTitle=${t('draft.open')}>
            <${ui.Remote} of=${state} loading=${t('loading')}>${one => html`
                <${Sending} state=${one} id=${id} cell=${cell} reload=${state.reload} />
                ${one.missing.length > 0 && html`<details class="documents-articles"><summary>${t('cell.missing', {count: one.missing.length})}</summary>
                    <ul class="plain">${one.missing.map(who => html`<li class="name" key=${who.member}>${who.name}</li>`)}</ul></details>`}
                ${document.data && said.data && places(said.data.items, one).map((place, number) => html`<${Place} number=${number} key=${place ? keyOf(place) : WHOLE} place=${place} document=${document.data}
                    state=${one} cell=${cell} said=${said.data.items} reload=${state.reload} />`)}
            `}<//>
        <//>`;
    }

    function Sending({state, id, cell, reload}) {
        const {busy, problem, run} = useAction();
        const send = sent => run(async () => {
            await api.put(`/api/documents/${id}/cells/${cell}/sent`, {sent});
            reload();
            focusOn('cell-state');
        });
        const count = t('cell.gave', {count: state.gave, members: state.members});
        return html`<${ui.ProblemNotice} problem=${problem} />
            <${ui.Notice} kind=${state.sentAt ? 'good' : state.open ? undefined : 'late'} id="cell-state"
                title=${state.sentAt ? t('cell.sent', {time: format.when(state.sentAt)}) : t(state.open ? 'cell.until' : 'cell.over', {day: format.date(state.until)})}
                actions=${state.open && (state.sentAt
                    ? html`<${ui.Button} icon="undo-2" id="cell-back" busy=${busy && t('opine.sending')} onClick=${() => send(false)}>${t('cell.back')}<//>`
                    : html`<${ui.Button} kind="main" icon="send" id="cell-send" busy=${busy && t('opine.sending')} onClick=${() => send(true)}>${t('cell.send')}<//>`)}>
                ${count}<//>`;
    }

    function Place({place, number, document, state, cell, said, reload}) {
        const is = one => (place ? keyOf(one) === keyOf(place) : one.anchor === WHOLE);
        const here = said.filter(is);
        const summed = state.opinions.find(is);
        const anchor = place?.anchor ?? WHOLE;
        const edition = place?.edition ?? summed?.edition ?? document.edition;
        const [open, setOpen] = hooks.useState(false);
        const mayWrite = state.open && !state.sentAt;
        const close = () => {
            setOpen(false);
            focusOn(`sum-${edition}-${anchor}`);
        };
        return html`<${ui.Section} title=${place ? t('cell.paragraph', {number}) : t('opine.whole-title')} class="documents-place" id=${`place-${anchor}`}>
            ${place && html`<blockquote class="documents-quote" lang="vi">${place.quote}</blockquote>`}
            ${here.length > 0 ? html`<ul class="rows">${here.map(one => html`<li class="row" key=${one.id}><div class="row-text"><span><strong class="name">${one.memberName}</strong> <${Stance} of=${one} /></span><${Said} of=${one} /></div></li>`)}</ul>`
                : html`<p class="hint">${t('cell.none')}</p>`}
            <div class="documents-opinion" id=${`sum-${edition}-${anchor}`} tabindex="-1">
                <p><strong>${t('cell.says')}</strong> ${summed && html`<${Stance} of=${summed} />`}</p>
                ${open ? html`<${SumForm} document=${document} cell=${cell} anchor=${anchor} edition=${edition} summed=${summed} done=${close} reload=${reload} />`
                    : html`${summed ? html`<${Said} of=${summed} />` : html`<p class="hint">${t('cell.says-nothing')}</p>`}
                        ${mayWrite && html`<div class="actions"><${ui.Button} kind="quiet" icon="pencil" id=${`sum-write-${anchor}`} onClick=${() => setOpen(true)}>${t(summed ? 'opine.change' : 'cell.write')}<//></div>`}`}
            </div>
        <//>`;
    }

    function SumForm({document, cell, anchor, edition, summed, done, reload}) {
        const form = useForm(`sum-${document.id}-${anchor}`, {stance: summed?.stance ?? '', text: summed?.text ?? '', wording: summed?.wording ?? ''});
        const value = name => form.value(name);
        const path = `/api/documents/${document.id}/cells/${cell}/opinions/${encodeURIComponent(anchor)}`;
        const submit = async () => {
            const [text, wording] = [value('text').trim(), value('stance') === 'AGREE' ? '' : value('wording').trim()];
            const missing = !value('stance') ? {field: 'stance', message: t('opine.stance-missing')}
                : value('stance') !== 'AGREE' && !text && !wording ? {field: 'text', message: t('opine.text-missing')} : null;
            if (missing) {
                form.refuse({status: 422, title: missing.message, errors: [missing]});
                return;
            }
            if (await form.submit(() => api.put(path, {edition, stance: value('stance'), ...(text ? {text} : {}), ...(wording ? {wording} : {})}))) {
                form.discard();
                reload();
                done();
            }
        };
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['stance', 'text', 'wording']} aria-label=${t('cell.says')}>
            <${ui.Choice} form=${form} name="stance" label=${t('cell.stance')} options=${STANCES.map(one => [one, t(`opine.${one}`)])} />
            <${ui.Field} form=${form} name="text" as="textarea" rows="3" label=${t('cell.text')} optional=${value('stance') === 'AGREE'} maxlength="4000" />
            ${value('stance') === 'AMEND' && anchor !== WHOLE && html`<${ui.Field} form=${form} name="wording" as="textarea" rows="4" label=${t('opine.wording')} optional maxlength="4000" />`}
            <div class="actions"><${ui.Button} kind="main" type="submit" icon="check" id=${`sum-save-${anchor}`} busy=${form.sending && t('opine.sending')}>${t('cell.save')}<//>
                <${ui.Button} kind="quiet" onClick=${done}>${t('opine.cancel')}<//></div>
        <//>`;
    }

    function StateRow({document, cell}) {
        const {data} = useRemote(`/api/documents/${document.id}/cells/${cell}`);
        return data && html`<${ui.Links} rows=${[{href: `/documents/${document.id}/cell`, title: document.title,
            text: [t('cell.gave', {count: data.gave, members: data.members}), data.sentAt ? t('cell.is-sent') : t('cell.until', {day: format.date(data.until)})].join(' · ')}]} />`;
    }

    /** Today, for who leads a cell: how far it is. */
    function CellCard() {
        const drafts = useRemote('/api/documents?forOpinions=true&limit=20');
        const items = (drafts.data?.items ?? []).slice(0, 3);
        return items.length > 0 && led() && html`<${ui.Card} title=${t('cell.card')} icon="users" id="drafts-cell">
            ${items.map(one => html`<${StateRow} key=${one.id} document=${one} cell=${led()} />`)}<//>`;
    }

    return {Cell, CellCard};
}
