/** Dues that come by the bank: the account to which they go, the bank's statements, and whose the money is that came. */
export function transfers(app) {
    const {html, t, format, ui, api, hooks, focusOn, useAction, useForm, useRemote} = app;
    const STATES = ['OPEN', 'TAKEN', 'LEFT'];
    const KIND = {MATCHED: 'good', UNDER: 'late', OVER: 'late', DUPLICATE: 'bad', UNKNOWN: 'mark'};
    const PAGE = 100;
    const STATEMENTS = 24;
    const MOST = 10 * 1024 * 1024;

    const unitOf = who => who.mandates.find(mandate => mandate.role === 'OFFICER')?.unit;
    const dong = amount => t('paid.dong', {amount: format.number(amount)});
    const decide = (one, decision) => api.put(`/api/dues/transfers/${one.id}/decision`, decision);

    function Transfers() {
        const unit = unitOf(app.caller);
        const [state, setState] = hooks.useState(STATES[0]);
        const came = useRemote(`/api/dues/transfers?unit=${unit}&state=${state}&limit=${PAGE}`);
        return html`<${ui.Page} title=${t('transfers.title')} lead=${t('transfers.lead')} back="/dues" backTitle=${t('title')}>
            <${Statement} unit=${unit} reload=${came.reload} />
            <${ui.Section} title=${t('transfers.came')} id="dues-came">
                <div class="actions" role="group" aria-label=${t('transfers.which')}>${STATES.map(one => html`<${ui.Button} key=${one}
                    aria-pressed=${one === state ? 'true' : 'false'} onClick=${() => setState(one)}>${t(`transfers.${one}`)}<//>`)}</div>
                <${ui.Remote} of=${came} loading=${t('transfers.loading')}>${({items, next}) => html`<${Came} key=${state} items=${items} more=${Boolean(next)}
                    state=${state} unit=${unit} reload=${came.reload} />`}<//>
            <//>
            <${Account} unit=${unit} />
        <//>`;
    }

    function Statement({unit, reload}) {
        const [sent, setSent] = hooks.useState(null);
        const before = useRemote(`/api/dues/statements?unit=${unit}&limit=${STATEMENTS}`);
        const send = (file, progress) => {
            const form = new FormData();
            form.append('unit', unit);
            form.append('file', file);
            return app.transfer('POST', '/api/dues/statements', form, progress);
        };
        return html`<${ui.Section} title=${t('transfers.statement')} id="dues-statement">
            <p class="hint">${t('transfers.statement-more')}</p>
            <${ui.Upload} id="statement-upload" label=${t('transfers.send')} accept=".csv,.txt,.xlsx" multiple=${false} most=${MOST} transfer=${send}
                onSent=${statement => {
                    setSent(statement);
                    before.reload();
                    reload();
                }} />
            ${sent && html`<p class="done" role="status"><${ui.Icon} name="circle-check" /><span>${t('transfers.sent',
                {name: sent.name, transfers: sent.transfers, added: sent.added})}</span></p>`}
            <${Sent} list=${before.data?.items ?? []} />
        <//>`;
    }

    /** Those of before, so that no month of the bank's is left out, or sent twice in vain. */
    function Sent({list}) {
        return list.length > 0 && html`<details class="dues-cited" id="dues-statements"><summary>${t('transfers.sent-before', {count: list.length})}</summary>
            <ul class="rows">${list.map(one => html`<li class="row" key=${one.id}><div class="row-text">
                <span class="row-title dues-memo">${one.name}</span>
                <span class="row-more">${format.when(one.sentAt)} · ${t('transfers.had', {transfers: one.transfers, added: one.added})}</span>
                <span><${ui.Badge} kind=${one.open > 0 ? 'late' : 'good'}>${t(one.open > 0 ? 'transfers.left-open' : 'transfers.all-done', {count: one.open})}<//></span>
            </div></li>`)}</ul></details>`;
    }

    /** What came; all that pays what was asked for, to the đồng, is taken by one touch. */
    function Came({items, more, state, unit, reload}) {
        const {busy, problem, run} = useAction();
        const matched = items.filter(one => one.state === 'OPEN' && one.outcome === 'MATCHED');
        const takeAll = async () => {
            await run(async () => {
                for (const one of matched) {
                    await decide(one, {take: true});
                }
            });
            await reload();
            focusOn('dues-came');
        };
        if (items.length === 0) {
            return html`<${ui.Empty} title=${t(`transfers.none.${state}`)} />`;
        }
        return html`
            ${matched.length > 1 && html`<p><${ui.Button} kind="main" icon="list-checks" id="dues-take-all" busy=${busy && t('transfers.taking')} onClick=${takeAll}>
                ${t('transfers.take-all', {count: matched.length})}<//></p>`}
            <${ui.ProblemNotice} problem=${problem} />
            <ul class="rows">${items.map(one => html`<${Transfer} key=${one.id} one=${one} unit=${unit} reload=${reload} />`)}</ul>
            ${more && html`<p class="hint">${t('transfers.more', {count: items.length})}</p>`}`;
    }

    function Transfer({one, unit, reload}) {
        const {busy, problem, run} = useAction();
        const [asks, setAsks] = hooks.useState(false);
        const settle = decision => run(async () => {
            await decide(one, decision);
            await reload();
            focusOn('dues-came');
        });
        const isKnown = one.suggestions.length > 0;
        const which = html`<span class="only-read"> ${dong(one.amount)}, ${one.memo}</span>`;
        return html`<li class="row dues-month" id=${`transfer-${one.id}`}><div class="row-text">
            <span class="row-title">${dong(one.amount)}</span>
            <span class="row-more">${format.day(one.day)}${one.reference ? ` · ${one.reference}` : ''}</span>
            <span class="row-more dues-memo">${one.memo}</span>
            <span><${ui.Badge} kind=${KIND[one.outcome]}>${t(`outcome.${one.outcome}`)}<//></span>
            ${isKnown && html`<ul class="plain">${one.suggestions.map(share => html`<li key=${share.member}><span class="name">${share.name}</span>: ${dong(share.amount)}</li>`)}</ul>`}
            <${ui.ProblemNotice} problem=${problem} />
            ${one.state !== 'TAKEN' && html`<div class="actions">
                ${isKnown && html`<${ui.Button} icon="check" busy=${busy && t('transfers.taking')} onClick=${() => settle({take: true})}>${t('transfers.take')}${which}<//>`}
                <${ui.Button} kind="quiet" icon="user" onClick=${() => setAsks(!asks)}>${t(isKnown ? 'transfers.other' : 'transfers.whose')}${which}<//>
                ${one.state === 'OPEN' && html`<${ui.Button} kind="quiet" icon="x" onClick=${() => settle({take: false})}>${t('transfers.leave')}${which}<//>`}
            </div>`}
            ${one.state === 'TAKEN' && !asks && html`<div class="actions"><${ui.Button} kind="quiet" icon="undo-2" onClick=${() => setAsks(true)}>${t('transfers.reverse')}${which}<//></div>`}
            ${one.state === 'TAKEN' && asks && html`<${TakeBack} one=${one} reload=${reload} />`}
            ${one.state !== 'TAKEN' && asks && html`<${Whose} one=${one} unit=${unit} take=${member => settle({take: true, member})} />`}
        </div></li>`;
    }

    /** It was taken for the wrong member: what was taken is reversed, and the transfer is open again. */
    function TakeBack({one, reload}) {
        const form = useForm(`dues-transfer-${one.id}`, {reason: ''});
        const submit = () => form.submit(async ({reason}) => {
            await api.put(`/api/dues/transfers/${one.id}/reversal`, {reason: reason.trim()});
            await reload();
            focusOn('dues-came');
        });
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['reason']}>
            <p class="hint">${t('transfers.reverse-more')}</p>
            <${ui.Field} form=${form} name="reason" label=${t('transfers.reason')} maxlength="200" autocomplete="off" />
            <div class="actions"><${ui.Button} type="submit" icon="undo-2" busy=${form.sending && t('transfers.taking')}>${t('transfers.reverse-do')}<//></div>
        <//>`;
    }

    /** Looks for the member whose money it is, below the unit. */
    function Whose({one, unit, take}) {
        const [typed, setTyped] = hooks.useState('');
        const [asked, setAsked] = hooks.useState('');
        const found = useRemote(asked && `/api/members?unit=${unit}&limit=10&q=${encodeURIComponent(asked)}`);
        const id = `whose-${one.id}`;
        return html`<form class="form" onSubmit=${event => {
            event.preventDefault();
            setAsked(typed.trim());
        }}>
            <div class="field"><label for=${id}>${t('transfers.member')}</label>
                <input id=${id} value=${typed} maxlength="100" autocomplete="off" onInput=${event => setTyped(event.target.value)} /></div>
            <div class="actions"><${ui.Button} type="submit" icon="search">${t('transfers.look')}<//></div>
            ${asked && html`<${ui.Remote} of=${found} loading=${t('transfers.looking')}>${({items}) => (items.length === 0
                ? html`<${ui.Empty} title=${t('transfers.nobody')} />`
                : html`<ul class="rows">${items.map(member => html`<li key=${member.id}><button type="button" class="row option-row" onClick=${() => take(member.id)}>
                    <span class="row-text"><span class="row-title name">${member.name}</span><span class="row-more">${member.cardNumber ?? ''}</span></span>
                </button></li>`)}</ul>`)}<//>`}
        </form>`;
    }

    // ---- the account

    function Account({unit}) {
        const banks = useRemote('/api/dues/banks?limit=500');
        const account = useRemote(`/api/dues/accounts/${unit}`);
        const isKnown = account.data || account.problem?.status === 404;
        return html`<${ui.Section} title=${t('account.title')} id="dues-account">
            <p class="hint">${t('account.more')}</p>
            ${account.data && account.data.unit !== unit && html`<p>${t('account.above', {number: account.data.number})}</p>`}
            <${ui.Remote} of=${isKnown ? banks : account} loading=${t('transfers.loading')}>${({items}) => html`<${AccountForm} unit=${unit} banks=${items}
                account=${account.data?.unit === unit ? account.data : null} reload=${account.reload} />`}<//>
        <//>`;
    }

    function AccountForm({unit, banks, account, reload}) {
        const form = useForm(`dues-account-${unit}`, {bin: account?.bin ?? '', number: account?.number ?? '', holder: account?.holder ?? ''});
        const [kept, setKept] = hooks.useState(false);
        const submit = () => form.submit(async ({bin, number, holder}) => {
            setKept(false);
            await api.put(`/api/dues/accounts/${unit}`, {bin, number: number.replace(/\s/g, '').toUpperCase(), holder: holder.trim().toUpperCase()});
            setKept(true);
            reload();
        });
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['bin', 'number', 'holder']}>
            <${ui.Field} form=${form} name="bin" as="select" label=${t('account.bank')}>
                <option value="">${t('account.choose')}</option>
                ${banks.map(bank => html`<option value=${bank.bin} selected=${bank.bin === form.value('bin')}>${bank.shortName}</option>`)}
            <//>
            <${ui.Field} form=${form} name="number" label=${t('account.number')} autocomplete="off" autocapitalize="characters" spellcheck=${false} maxlength="30" />
            <${ui.Field} form=${form} name="holder" label=${t('account.holder')} hint=${t('account.holder-hint')} autocomplete="off" autocapitalize="characters"
                spellcheck=${false} maxlength="100" />
            ${kept && html`<p class="done" role="status"><${ui.Icon} name="circle-check" /><span>${t('account.kept')}</span></p>`}
            <div class="actions"><${ui.Button} type="submit" icon="check" id="dues-account-keep" busy=${form.sending && t('sending')}>${t('account.keep')}<//></div>
        <//>`;
    }

    return {Transfers};
}
