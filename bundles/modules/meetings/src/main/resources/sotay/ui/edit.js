/** Scheduling a meeting and changing it: few fields, filled with what is most likely. */
export function edit(app, {say, useCell}) {
    const {html, t, format, ui, api, hooks, focusOn, newId, navigate, outbox, useAction, useForm, useRemote} = app;
    const KINDS = ['ORDINARY', 'THEMATIC'];

    /** The next meeting is most likely on the same day of the month, at the same hour and place as the one before. */
    function likely(last) {
        const today = format.today();
        let day = format.plusDays(today, 7);
        if (last) {
            const [year, month, number] = format.dayOf(last.startsAt).split('-').map(Number);
            const next = new Date(Date.UTC(year, month, Math.min(number, 28))).toISOString().slice(0, 10);
            day = next > today ? next : day;
        }
        return {
            id: newId(),
            kind: 'ORDINARY',
            day,
            time: last ? format.timeOf(last.startsAt) : '19:00',
            place: last?.place ?? '',
            title: '',
            items: [{id: newId(), title: '', documents: []}],
        };
    }

    /** What is planned, as it is sent. */
    const planOf = ({kind, startsAt, place, title, items}) => ({
        kind,
        startsAt,
        place,
        title,
        items: items.map(item => ({
            id: item.id,
            title: item.title,
            documents: (item.documents ?? []).map(({file, name, type, size}) => ({file, name, type, size})),
        })),
    });

    /** What was written on this device and waits, or was refused, goes on from where its writer was. */
    const valuesOf = ({waiting, ...meeting}) => {
        const {kind, startsAt, place, title, items} = {...meeting, ...waiting?.body};
        return {
            id: meeting.id,
            base: waiting ? waiting.body.base : planOf(meeting),
            kind,
            day: format.dayOf(startsAt),
            time: format.timeOf(startsAt),
            place: place ?? '',
            title: title ?? '',
            items: items.map(({id, title, documents}) => ({id, title, documents: documents ?? []})),
        };
    };

    function New() {
        const cell = app.caller.cell.id;
        const before = useRemote(`/api/meetings?limit=100&cell=${cell}`);
        return html`<${ui.Page} title=${t('edit.new')} lead=${t('edit.new-lead')} back="/meetings" backTitle=${t('title')}>
            <${ui.Remote} of=${before} loading=${t('list.loading')}>${page => {
                const last = [...page.items].sort((a, b) => a.startsAt.localeCompare(b.startsAt)).pop();
                return html`<${EditForm} id="meeting-new" cell=${cell} initial=${likely(last)} />`;
            }}<//>
        <//>`;
    }

    function Edit({id}) {
        const meeting = useRemote(`/api/meetings/${id}`);
        return html`<${ui.Page} title=${t('edit.change')} back=${`/meetings/${id}`} backTitle=${t('one')}>
            <${ui.Remote} of=${meeting} loading=${t('one.loading')}>${one => !say.writes(one) || say.isClosed(one)
                ? html`<${ui.Empty} title=${t(say.isClosed(one) ? 'minutes.closed' : 'page.forbidden')} />`
                : html`
                <${EditForm} id=${`meeting-${id}`} cell=${one.cell} there=${one} initial=${valuesOf(one)} notified=${say.isNotified(one)}
                    reload=${meeting.reload} />
                ${say.isThere(one) && !say.hasBegun(one) && html`<${TakeBack} meeting=${one} />`}`}<//>
        <//>`;
    }

    /** This cannot be undone: the button says what it does and to whom. */
    function TakeBack({meeting}) {
        const {items} = useCell(meeting.cell);
        const {busy, problem, run} = useAction();
        return html`<${ui.Section} title=${t('cancel.title')}>
            <p>${t('cancel.more')}</p>
            <${ui.ProblemNotice} problem=${problem} />
            <div class="actions"><${ui.Button} kind="danger" icon="trash-2" id="cancel-meeting" busy=${busy && t('answer.sending')}
                onClick=${async () =>
                (await run(() => api.delete(`/api/meetings/${meeting.id}`, {quiet: true}))) && navigate('/meetings')}>
                    ${t('cancel.do', {count: items.length})}<//></div>
        <//>`;
    }

    /** @param there what is changed; nothing for a new one */
    function EditForm({id, cell, there, initial, notified, reload}) {
        const form = useForm(id, initial);
        const [removed, setRemoved] = hooks.useState(null);
        const items = form.value('items');
        // a file may arrive while other items are written: what the form holds then counts
        const setItem = (id, change) => form.set('items', form.value('items').map(item => (item.id === id ? {...item, ...change} : item)));
        const add = () => {
            form.set('items', [...items, {id: newId(), title: '', documents: []}]);
            focusOn(`page-item-${items.length + 1}`);
        };
        const remove = index => {
            setRemoved({index, item: items[index]});
            form.set('items', items.filter((_, i) => i !== index));
            focusOn('put-back');
        };
        const putBack = () => {
            form.set('items', [...items.slice(0, removed.index), removed.item, ...items.slice(removed.index)]);
            setRemoved(null);
            focusOn(`page-item-${removed.index + 1}`);
        };
        const submit = async () => {
            const missing = ['day', 'time', 'place'].filter(name => !form.value(name).trim());
            if (missing.length) {
                form.refuse({status: 422, title: t('edit.missing'), errors: missing.map(field => ({field, message: t(`edit.${field}-missing`)}))});
                return;
            }
            const sent = await form.submit(values => {
                const startsAt = format.instantOf(values.day, values.time);
                const body = {
                    cell,
                    kind: values.kind,
                    startsAt,
                    place: values.place.trim(),
                    title: values.title.trim() || say.defaultTitle(values.kind, startsAt),
                    items: values.items
                        .filter(item => item.title.trim() || item.documents.length)
                        .map(item => ({
                            id: item.id,
                            title: item.title.trim() || item.documents[0].name,
                            documents: item.documents.map(({file, name, type, size}) => ({file, name, type, size})),
                        })),
                };
                return outbox.put(`/api/meetings/${values.id}`, body, {
                    title: t('outbox.plan', {meeting: body.title}),
                    shown: {...there, ...body, waiting: undefined},
                    // what somebody else plans meanwhile is put together with it by the server
                    base: values.base,
                    page: `/meetings/${values.id}/edit`,
                });
            });
            if (sent) {
                navigate(`/meetings/${form.value('id')}`, {replace: true});
            }
        };
        const shown = ['kind', 'startsAt', 'day', 'time', 'place', 'title', ...items.map((_, i) => `items[${i}].title`)];
        const takeTheirs = form.problem?.status === 412 && html`<${ui.Button} icon="refresh-cw" onClick=${async () => {
            await reload();
            form.discard();
        }}>${t('edit.take-theirs')}<//>`;
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${shown} help=${takeTheirs}>
            <${ui.Choice} form=${form} name="kind" label=${t('edit.kind')} options=${KINDS.map(kind => [kind, t(`kind.${kind}`)])} />
            <div class="pair">
                <${ui.Field} form=${form} name="day" type="date" label=${t('edit.day')} error=${form.error('startsAt')}
                    hint=${/^\d{4}-\d\d-\d\d$/.test(form.value('day')) ? `${format.longDay(form.value('day'))} (${format.lunar(form.value('day'))})` : undefined} />
                <${ui.Field} form=${form} name="time" type="time" label=${t('edit.time')}
                    hint=${form.value('time') ? t('edit.time-hint', {time: form.value('time')}) : undefined} />
            </div>
            <${ui.Field} form=${form} name="place" label=${t('edit.place')} maxlength="200" autocomplete="off" />
            <${ui.Field} form=${form} name="title" label=${t('edit.title')} optional maxlength="200" autocomplete="off"
                placeholder=${defaultTitle(form)} />
            <fieldset class="meetings-edit-items">
                <legend><h2>${t('edit.items')}</h2></legend>
                ${items.map((item, i) => html`<div class="meetings-edit-item" key=${item.id}>
                    <${ItemFields} form=${form} item=${item} number=${i + 1} error=${form.error(`items[${i}].title`)}
                        set=${change => setItem(item.id, change)} remove=${() => remove(i)} />
                </div>`)}
                ${removed && html`<${ui.Notice}
                    title=${t('edit.item-removed', {title: removed.item.title || t('edit.item', {number: removed.index + 1})})}
                        actions=${html`<${ui.Button} icon="undo-2" id="put-back" onClick=${putBack}>${t('edit.put-back')}<//>`} />`}
                <${ui.Button} icon="plus" id="add-item" onClick=${add}>
                    ${t('edit.add-item')}<//>
            </fieldset>
            ${notified && html`<p class="hint">${t('edit.notified')}</p>`}
            <${ui.Button} kind="main" type="submit" icon="check" id="save-meeting" busy=${form.sending && t('edit.saving')}>${t('edit.save')}<//>
        <//>`;
    }

    const defaultTitle = form => (form.value('day') && form.value('time') ? say.defaultTitle(form.value('kind'),
        format.instantOf(form.value('day'), form.value('time'))) : '');

    function ItemFields({form, item, number, error, set, remove}) {
        const [dropped, setDropped] = hooks.useState(null);
        const name = `item-${number}`;
        const latest = hooks.useRef(item);
        latest.current = item;
        const setDocuments = documents => {
            latest.current = {...latest.current, documents};
            set({documents});
        };
        return html`
            <${ui.Field} name=${name} as="textarea" rows="1" inputClass="line" label=${t('edit.item', {number})} error=${error}
                value=${item.title} onInput=${event => set({title: event.target.value.replace(/\n/g, ' ')})} maxlength="500" />
            ${item.documents.length > 0 && html`<ul class="rows" aria-label=${t('edit.documents', {number})}>
                ${item.documents.map(one => html`<li class="row" key=${one.file}>
                    <${ui.Icon} name="file-text" />
                    <span class="row-text"><span class="row-title">${one.name}</span><span class="row-more">${format.bytes(one.size)}</span></span>
                    <${ui.Button} kind="quiet" icon="trash-2" onClick=${() => {
                        setDropped(one);
                        setDocuments(item.documents.filter(other => other !== one));
                        focusOn(`put-back-${number}`);
                    }}>${t('edit.drop')}<span class="only-read"> ${one.name}</span><//>
                </li>`)}
            </ul>`}
            ${dropped && html`<${ui.Notice} title=${t('edit.item-removed', {title: dropped.name})} actions=${html`<${ui.Button} icon="undo-2"
                id=${`put-back-${number}`} onClick=${() => {
                setDocuments([...item.documents, dropped]);
                setDropped(null);
                focusOn(`upload-${number}`);
            }}>${t('edit.put-back')}<//>`} />`}
            <div class="meetings-item-actions">
                <${ui.Upload} id=${`upload-${number}`} label=${t('edit.attach')}
                    onSent=${one => setDocuments([...latest.current.documents.filter(other => other.file !== one.file), one])} />
                <${ui.Button} kind="quiet" icon="trash-2" onClick=${remove}>${t('edit.drop-item')}<span class="only-read"> ${number}</span><//>
            </div>`;
    }

    // ---- what two have planned at once

    const LABELS = {kind: 'edit.kind', startsAt: 'conflicts.startsAt', place: 'edit.place', title: 'edit.title'};
    const itemOf = field => (field.startsWith('items.') ? field.slice('items.'.length) : null);
    const numberOf = (plan, field) => plan.items.findIndex(item => item.id === itemOf(field));
    const valueOf = (plan, field) => (itemOf(field) ? plan.items[numberOf(plan, field)]?.title : plan[field]);
    const withValue = (plan, field, value) => (itemOf(field)
        ? {...plan, items: plan.items.map(item => (item.id === itemOf(field) ? {...item, title: value} : item))}
        : {...plan, [field]: value});
    const shown = (field, value) => (field === 'kind' ? t(`kind.${value}`) : field === 'startsAt' ? format.when(value) : value);

    /** For who plans: what counts and what gave way to it, each with a way to it. */
    function Conflicts({meeting}) {
        const found = useRemote(say.writes(meeting) && !say.isClosed(meeting) ? `/api/meetings/${meeting.id}/conflicts?limit=100` : null);
        const items = (found.data?.items ?? []).filter(one => valueOf(meeting, one.field) !== undefined);
        return items.length > 0 && html`<${Both} meeting=${meeting} items=${items} />`;
    }

    function Both({meeting, items}) {
        const {nameOf} = useCell(meeting.cell);
        const {busy, problem, run} = useAction();
        const base = planOf(meeting);
        const plan = async wanted => (await run(() => api.put(`/api/meetings/${meeting.id}`, {cell: meeting.cell, ...wanted, base})))
            && focusOn(`next-${meeting.id}`);
        return html`<${ui.Notice} kind="late" title=${t('conflicts.title')} id="conflicts" actions=${html`<${ui.Button} icon="check"
            busy=${busy && t('answer.sending')} onClick=${() => plan(base)}>${t('conflicts.keep')}<//>`}>
            <ul class="rows">${items.map(one => html`<li class="row meetings-request" key=${one.field}><div class="row-text">
                <span class="row-title">${itemOf(one.field) ? t('edit.item', {number: numberOf(meeting, one.field) + 1}) : t(LABELS[one.field])}</span>
                <span>${t('conflicts.now', {value: shown(one.field, valueOf(meeting, one.field))})}</span>
                <span>${t('conflicts.other', {value: shown(one.field, one.value)})}</span>
                ${one.at && html`<span class="row-more">${t('conflicts.by', {name: nameOf(one.by), time: format.when(one.at)})}</span>`}
                <div class="meetings-buttons"><${ui.Button} icon="undo-2" onClick=${() => plan(withValue(base, one.field, one.value))}>${
                    t('conflicts.take')}<span class="only-read"> ${shown(one.field, one.value)}</span><//></div>
            </div></li>`)}</ul>
            <${ui.ProblemNotice} problem=${problem} />
        <//>`;
    }

    return {Conflicts, Edit, New};
}
