/** What editors do: drafts, and what waits for another editor's approval. */
import {KINDS, LEVELS} from './words.js';

export function desk(app, parts) {
    const {html, t, format, ui, api, hooks, newId, navigate, focusOn, useAction, useForm, useRemote} = app;
    const {say} = parts;

    /** Drafts and what waits, above the list that everybody sees. */
    function Queue() {
        const drafts = useRemote('/api/documents?state=DRAFT&limit=100');
        const review = useRemote('/api/documents?state=REVIEW&limit=100');
        const approved = useRemote('/api/documents?state=APPROVED&limit=100');
        const list = (words, of) => of.data?.items.length > 0 && html`<h3>${t(words, {count: of.data.items.length})}</h3>
            <${ui.Links} label=${t(words, {count: of.data.items.length})} rows=${of.data.items.map(one => ({
                href: `/documents/${one.id}`, title: one.title, text: [say.called(one), one.issuer, one.state === 'APPROVED' && t('desk.at', {time: format.when(one.publishAt)})].filter(Boolean).join(' · ')}))} />`;
        const isEmpty = drafts.data?.items.length === 0 && review.data?.items.length === 0 && approved.data?.items.length === 0;
        return html`<${ui.Section} title=${t('desk.title')} id="editors-desk">
            <${ui.Remote} of=${review} loading=${t('loading')}>${() => list('desk.review', review)}<//>
            <${ui.Remote} of=${approved}>${() => list('desk.approved', approved)}<//>
            <${ui.Remote} of=${drafts}>${() => list('desk.drafts', drafts)}<//>
            ${isEmpty && html`<p class="hint">${t('desk.none')}</p>`}
            <div class="actions"><${ui.Button} kind="main" icon="plus" href="/documents/new" id="document-new">${t('desk.new')}<//>
                <${ui.Button} icon="upload" href="/documents/import" id="documents-import">${t('desk.folder')}<//></div>
        <//>`;
    }

    /** The steps that are open, the likeliest first. */
    function Actions({document, etag, reload}) {
        const {busy, problem, run} = useAction();
        const unit = useRemote(`/api/units/${document.unit}`);
        // what somebody has changed meanwhile is read before it is approved
        const asRead = async work => {
            try {
                await work();
            } catch (refused) {
                reload();
                throw refused;
            }
        };
        const step = name => () => run(() => asRead(async () => {
            await api.post(`/api/documents/${document.id}/${name}`, undefined, {etag});
            focusOn('document-actions');
        }));
        const remove = () => run(() => asRead(async () => {
            await api.delete(`/api/documents/${document.id}`, {etag});
            navigate('/documents');
        }));
        const button = (name, icon, words, onClick, kind) => html`<${ui.Button} kind=${kind} icon=${icon} id=${`document-${name}`}
            busy=${busy && t('desk.doing')} onClick=${onClick}>${words}<//>`;
        const isOwn = document.state === 'REVIEW' && document.changedBy === app.caller.account;
        const approve = unit.data?.parent ? t('desk.approve-unit', {unit: unit.data.name}) : t('desk.approve');
        return html`<${ui.Section} title=${t('desk.title')} id="document-actions">
            <p>${t(`state.${document.state}`)}</p>
            <${ui.ProblemNotice} problem=${problem} />
            ${document.state === 'DRAFT' && html`<p class="hint">${t('desk.submit-more')}</p>`}
            ${document.state === 'PUBLISHED' && html`<p class="hint">${t('desk.withdraw-more')}</p>`}
            ${document.state === 'APPROVED' && html`<p class="hint">${t('desk.approved-more', {time: format.when(document.publishAt)})}</p>`}
            ${document.state === 'REVIEW' && document.publishAt && html`<p class="hint">${t('desk.publish-at', {time: format.when(document.publishAt)})}</p>`}
            ${isOwn && html`<p class="hint">${t('desk.own')}</p>`}
            <div class="actions">
                ${document.state === 'DRAFT' && button('submit', 'send', t('desk.submit'), step('submit'), 'main')}
                ${document.state === 'REVIEW' && button('approve', 'check', approve, step('approve'), isOwn ? undefined : 'main')}
                ${document.state === 'APPROVED' && button('return', 'undo-2', t('desk.take-back'), step('return'))}
                ${['DRAFT', 'REVIEW'].includes(document.state) && html`<${ui.Button} icon="pencil" href=${`/documents/${document.id}/edit`}>${t('desk.edit')}<//>`}
                ${document.state === 'REVIEW' && button('return', 'undo-2', t('desk.return'), step('return'))}
                ${document.state === 'PUBLISHED' && button('withdraw', 'undo-2', t('desk.withdraw'), step('withdraw'))}
                ${document.state === 'DRAFT' && button('delete', 'trash-2', t('desk.delete'), remove, 'quiet')}
            </div>
        <//>`;
    }

    const blank = () => ({
        id: newId(), number: '', title: '', kind: 'RESOLUTION', issuer: '', level: 'PROVINCE', signed: '', effective: '', expires: '', topics: '', acknowledge: false, acknowledgeBy: '',
        opinionsUntil: '', publishDay: '', publishTime: '', replaces: '', relations: [], files: [],
    });

    const valuesOf = document => ({
        id: document.id,
        number: document.number ?? '',
        title: document.title,
        kind: document.kind,
        issuer: document.issuer,
        level: document.level,
        signed: document.signed ?? '',
        effective: document.effective ?? '',
        expires: document.expires ?? '',
        opinionsUntil: document.opinionsUntil ?? '',
        topics: document.topics.join(', '),
        acknowledge: Boolean(document.acknowledge),
        acknowledgeBy: document.acknowledgeBy ?? '',
        publishDay: document.publishAt ? format.dayOf(document.publishAt) : '',
        publishTime: document.publishAt ? format.timeOf(document.publishAt) : '',
        replaces: document.relations.find(one => one.kind === 'REPLACES')?.document ?? '',
        relations: document.relations,
        files: document.files,
    });

    function New() {
        const unit = app.caller.mandates.find(one => one.role === 'EDITOR').unit;
        const [initial] = hooks.useState(blank);
        return html`<${ui.Page} title=${t('edit.new')} back="/documents" backTitle=${t('title')}>
            <${EditForm} id="document-new" unit=${unit} initial=${initial} />
        <//>`;
    }

    function Edit({id}) {
        const remote = useRemote(`/api/documents/${id}`);
        return html`<${ui.Page} title=${t('edit.title')} back=${`/documents/${id}`} backTitle=${t('title')}>
            <${ui.Remote} of=${remote} loading=${t('loading')}>${document => (!['DRAFT', 'REVIEW'].includes(document.state)
                ? html`<${ui.Empty} title=${t('problem.document.published')}>${t('problem.document.published.detail')}<//>`
                : html`<${EditForm} id=${`document-${id}`} unit=${document.unit} initial=${valuesOf(document)} etag=${remote.etag} />`)}<//>
        <//>`;
    }

    function EditForm({id, unit, initial, etag}) {
        const form = useForm(id, initial);
        const published = useRemote('/api/documents?limit=500');
        const value = name => form.value(name);
        const submit = async () => {
            const missing = [['title', 'edit.name-missing'], ['issuer', 'edit.issuer-missing']].filter(([name]) => !value(name).trim());
            if (missing.length) {
                form.refuse({status: 422, title: t('edit.missing'), errors: missing.map(([field, text]) => ({field, message: t(text)}))});
                return;
            }
            const others = value('relations').filter(one => one.kind !== 'REPLACES' || !one.document);
            const body = {
                unit,
                title: value('title').trim(),
                kind: value('kind'),
                issuer: value('issuer').trim(),
                level: value('level'),
                topics: value('topics').split(',').map(one => one.trim()).filter(Boolean),
                relations: value('replaces') ? [{kind: 'REPLACES', document: value('replaces')}, ...others] : others,
                files: value('files').map(({file, name}) => ({file, name})),
            };
            for (const name of ['number', 'signed', 'effective', 'expires', 'opinionsUntil']) {
                if (value(name).trim()) {
                    body[name] = value(name).trim();
                }
            }
            if (value('publishDay')) {
                const time = /^\d{1,2}:\d{2}$/.test(value('publishTime')) ? value('publishTime').padStart(5, '0') : '00:00';
                body.publishAt = format.instantOf(value('publishDay'), time);
            }
            if (value('acknowledge')) {
                body.acknowledge = true;
                if (value('acknowledgeBy')) {
                    body.acknowledgeBy = value('acknowledgeBy');
                }
            }
            const path = value('id');
            if (await form.submit(() => api.put(`/api/documents/${path}`, body, etag ? {etag} : undefined))) {
                form.discard();
                navigate(`/documents/${path}`);
            }
        };
        const options = (names, what) => names.map(one => html`<option key=${one} value=${one} selected=${one === value(what)}>${t(`${what}.${one}`)}</option>`);
        const select = (name, label, children) => html`<${ui.Field} form=${form} name=${name} as="select" label=${label}>${children}<//>`;
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['title', 'issuer', 'number', 'signed', 'effective', 'expires', 'topics', 'opinionsUntil', 'acknowledgeBy']}>
            <${ui.Field} form=${form} name="title" as="textarea" label=${t('edit.name')} maxlength="500" />
            <${ui.Field} form=${form} name="number" label=${t('edit.number')} hint=${t('edit.number-hint')} optional maxlength="100" />
            ${select('kind', t('one.kind'), options(KINDS, 'kind'))}
            <${ui.Field} form=${form} name="issuer" label=${t('one.issuer')} maxlength="200" />
            ${select('level', t('one.level'), options(LEVELS, 'level'))}
            <${ui.Field} form=${form} name="signed" type="date" label=${t('one.signed')} optional />
            <${ui.Field} form=${form} name="effective" type="date" label=${t('one.effective')} optional />
            <${ui.Field} form=${form} name="expires" type="date" label=${t('one.expires')} optional />
            <${ui.Field} form=${form} name="topics" label=${t('edit.topics')} hint=${t('edit.topics-hint')} optional maxlength="600" />
            ${select('replaces', t('edit.replaces'), html`<option value="">${t('edit.replaces-none')}</option>
                ${(published.data?.items ?? []).filter(one => one.id !== value('id')).map(one => html`<option key=${one.id} value=${one.id}
                    selected=${one.id === value('replaces')}>${[one.number, one.title].filter(Boolean).join(' · ')}</option>`)}`)}
            <${ui.Field} form=${form} name="opinionsUntil" type="date" label=${t('edit.opinions')} hint=${t('edit.opinions-hint')} optional />
            <${ui.Field} form=${form} name="publishDay" type="date" label=${t('edit.publish-day')} hint=${t('edit.publish-hint')} optional />
            ${value('publishDay') && html`<${ui.Field} form=${form} name="publishTime" type="time" label=${t('edit.publish-time')} optional />`}
            <${ui.Button} id="document-acknowledge" icon=${value('acknowledge') && 'check'} aria-pressed=${value('acknowledge') ? 'true' : 'false'}
                onClick=${() => form.set('acknowledge', !value('acknowledge'))}>${t('edit.acknowledge')}<//>
            ${value('acknowledge') && html`<${ui.Field} form=${form} name="acknowledgeBy" type="date" label=${t('edit.acknowledge-by')} hint=${t('edit.acknowledge-by-hint')} optional />`}
            <fieldset class="documents-files"><legend>${t('edit.files')}</legend>
                <ul class="rows">${value('files').map(one => html`<li class="row" key=${one.file}>
                    <span class="row-text"><span class="row-title name">${one.name}</span><span class="row-more">${format.bytes(one.size)}</span></span>
                    <${ui.Button} kind="quiet" icon="trash-2" onClick=${() => form.set('files', value('files').filter(other => other.file !== one.file))}>
                        ${t('edit.drop')}<span class="only-read"> ${one.name}</span><//>
                </li>`)}</ul>
                <${ui.Upload} label=${t('edit.attach')} id=${`${id}-upload`} onSent=${sent => form.set('files', [...value('files').filter(one => one.file !== sent.file), sent])} />
            </fieldset>
            <div class="actions"><${ui.Button} kind="main" type="submit" icon="check" id="save-document" busy=${form.sending && t('edit.saving')}>${t('edit.save')}<//></div>
        <//>`;
    }

    return {Queue, Actions, New, Edit};
}
