/** What a unit keeps of dues and passes on, what comes to it from below, and the reports of the quarter and the year. */
export function passing(app) {
    const {html, t, format, ui, api, hooks, newId, focusOn, useAction, useRemote} = app;

    /** The unit whose money the reader passes on: the cell that it leads, or the committee that it works for. */
    const unitOf = () => {
        const {caller} = app;
        if (caller.cell && caller.holds(['SECRETARY', 'DEPUTY'], caller.cell.id)) {
            return caller.cell.id;
        }
        return caller.mandates.find(mandate => mandate.role === 'OFFICER')?.unit ?? null;
    };
    const isOfCell = () => app.caller.cell?.id === unitOf();

    const dong = amount => t('paid.dong', {amount: format.number(amount)});

    function Passing() {
        const unit = unitOf();
        return html`<${ui.Page} title=${t('passing.title')} lead=${t('passing.lead')} back="/dues" backTitle=${t('title')}>
            <${Now} unit=${unit} />
            ${!isOfCell() && html`<${Incoming} unit=${unit} />`}
            <${Outgoing} unit=${unit} />
            <${Reports} unit=${unit} />
        <//>`;
    }

    /** What there is, and the one thing to do with it. */
    function Now({unit}) {
        const state = useRemote(`/api/dues/passing?unit=${unit}`);
        const {busy, problem, run} = useAction();
        const pass = amount => run(async () => {
            await api.put(`/api/dues/remittances/${newId()}`, {unit, day: format.today(), amount});
            await state.reload();
            focusOn('passing-now');
        });
        return html`<${ui.Section} title=${t('passing.now')} id="passing-now">
            <${ui.Remote} of=${state} loading=${t('passing.loading')}>${now => html`
                <dl class="facts">
                    <div><dt>${t(isOfCell() ? 'passing.received-cell' : 'passing.received')}</dt><dd>${dong(now.received)}</dd></div>
                    ${now.amount !== null && now.amount !== undefined && html`
                        <div><dt>${t('passing.keeps', {percent: now.percent})}</dt><dd>${dong(now.keeps)}</dd></div>
                        <div><dt>${t('passing.amount')}</dt><dd><strong>${dong(now.amount)}</strong></dd></div>`}
                </dl>
                ${now.citation && html`<p class="hint">${now.citation}</p>`}
                ${now.awaited > 0 && html`<p class="hint">${t('passing.awaited', {amount: dong(now.awaited)})}</p>`}
                <${ui.ProblemNotice} problem=${problem} retry=${problem?.status === 409 ? state.reload : undefined} />
                ${now.percent === null || now.percent === undefined
                    ? html`<${ui.Empty} title=${t('passing.no-share')}>${t('passing.no-share-more')}<//>`
                    : now.amount > 0
                        ? html`<${ui.Button} kind="main" icon="send" id="pass-on" busy=${busy && t('passing.sending')}
                            onClick=${() => pass(now.amount)}>${t('passing.pass', {amount: dong(now.amount)})}<//>`
                        : html`<p class="done" role="status"><${ui.Icon} name="circle-check" /><span>${t('passing.nothing')}</span></p>`}
            `}<//>
        <//>`;
    }

    const KIND = {SENT: 'late', ACKNOWLEDGED: 'good'};
    const State = ({one}) => html`<span><${ui.Badge} kind=${KIND[one.state]}>${t(`remittance.${one.state}`)}<//></span>`;

    function Outgoing({unit}) {
        const list = useRemote(`/api/dues/remittances?unit=${unit}&limit=100`);
        return html`<${ui.Section} title=${t('passing.out')} id="passing-out"><${ui.Remote} of=${list} loading=${t('passing.loading')}>${page => page.items.length === 0
            ? html`<${ui.Empty} title=${t('passing.out-none')} />`
            : html`<ul class="rows">${[...page.items].reverse().map(one => html`<${Sent} key=${one.id} one=${one} reload=${list.reload} />`)}</ul>`}<//><//>`;
    }

    function Sent({one, reload}) {
        const {busy, problem, run} = useAction();
        return html`<li class="row" id=${`remittance-${one.id}`}><div class="row-text">
            <span class="row-title">${dong(one.amount)}</span>
            <span class="row-more">${format.day(one.day)}</span>
            <${State} one=${one} />
            <${ui.ProblemNotice} problem=${problem} />
            ${one.state !== 'WITHDRAWN' && html`<div class="actions">
                <${ui.Button} kind="quiet" icon="printer" href=${`/api/dues/remittances/${one.id}/slip`} download="phieu-nop-dang-phi.pdf">${
                    t('passing.slip')}<span class="only-read"> ${dong(one.amount)}</span><//>
                ${one.state === 'SENT' && html`<${ui.Button} kind="quiet" icon="undo-2" busy=${busy && t('passing.sending')} onClick=${() => run(async () => {
                    await api.post(`/api/dues/remittances/${one.id}/withdraw`);
                    await reload();
                })}>${t('passing.withdraw')}<span class="only-read"> ${dong(one.amount)}</span><//>`}
            </div>`}
        </div></li>`;
    }

    /** For a committee: what the units below have passed on, and what it has not said has come. */
    function Incoming({unit}) {
        const list = useRemote(`/api/dues/remittances?superior=${unit}&state=SENT&limit=200`);
        return html`<${ui.Section} title=${t('passing.in')} id="passing-in"><${ui.Remote} of=${list} loading=${t('passing.loading')}>${page => page.items.length === 0
            ? html`<${ui.Empty} title=${t('passing.in-none')} />`
            : html`<ul class="rows">${page.items.map(one => html`<${Came} key=${one.id} one=${one} reload=${list.reload} />`)}</ul>`}<//><//>`;
    }

    function Came({one, reload}) {
        const from = useRemote(`/api/units/${one.unit}`);
        const {busy, problem, run} = useAction();
        return html`<li class="row" id=${`remittance-${one.id}`}><div class="row-text">
            <span class="row-title">${from.data?.name ?? '…'}: ${dong(one.amount)}</span>
            <span class="row-more">${format.day(one.day)}</span>
            <${ui.ProblemNotice} problem=${problem} />
            <div class="actions"><${ui.Button} icon="check" busy=${busy && t('passing.sending')} onClick=${() => run(async () => {
                await api.post(`/api/dues/remittances/${one.id}/acknowledge`);
                await reload();
            })}>${t('passing.acknowledge')}<span class="only-read"> ${from.data?.name} ${dong(one.amount)}</span><//></div>
        </div></li>`;
    }

    // ---- reports

    /** The last quarters, the running one first. */
    function quarters() {
        const [year, month] = format.today().split('-').map(Number);
        const now = year * 4 + Math.floor((month - 1) / 3);
        return [0, 1, 2, 3, 4].map(back => now - back).map(one => ({
            id: `${Math.floor(one / 4)}-Q${(one % 4) + 1}`,
            name: t('report.quarter', {quarter: (one % 4) + 1, year: Math.floor(one / 4)}),
        }));
    }

    function Reports({unit}) {
        const all = quarters();
        const [quarter, setQuarter] = hooks.useState(all[0].id);
        const report = useRemote(`/api/dues/reports/b01?unit=${unit}&quarter=${quarter}`);
        const year = quarter.slice(0, 4);
        const file = (path, what, name) => html`<${ui.Button} kind="quiet" icon="download" href=${path} download=${name}>${what}<//>`;
        return html`<${ui.Section} title=${t('report.b01')} id="report-b01">
            <${ui.Field} name="quarter" as="select" label=${t('report.choose')} value=${quarter} onChange=${event => setQuarter(event.target.value)}>
                ${all.map(one => html`<option value=${one.id} selected=${one.id === quarter}>${one.name}</option>`)}
            <//>
            <${ui.Remote} of=${report} loading=${t('report.loading')}>${one => html`
                <dl class="facts">${one.lines.map(line => html`
<div key=${line.code}>
                        <dt>${line.code}. ${t(`b01.${line.code}`)}</dt>
                        <dd>${line.code === '01' ? format.number(line.total) : dong(line.total)}</dd>
                    </div>`)}
                    <div><dt>${t('report.on-hand')}</dt><dd>${dong(one.onHand)}</dd></div>
                </dl>`}<//>
            <div class="actions">
                ${file(`/api/dues/reports/b01?unit=${unit}&quarter=${quarter}&format=XLSX`, t('report.b01-xlsx'), `b01-dp-${quarter}.xlsx`)}
                ${file(`/api/dues/reports/b01?unit=${unit}&quarter=${quarter}&format=PDF`, t('report.b01-pdf'), `b01-dp-${quarter}.pdf`)}
                ${!isOfCell() && file(`/api/dues/reports/committee?unit=${unit}&year=${year}&format=XLSX`, t('report.ledger-xlsx', {year}), `so-thu-nop-dang-phi-${year}.xlsx`)}
                ${!isOfCell() && file(`/api/dues/reports/committee?unit=${unit}&year=${year}&format=PDF`, t('report.ledger-pdf', {year}), `so-thu-nop-dang-phi-${year}.pdf`)}
                ${isOfCell() && file(`/api/dues/reports/ledger?unit=${unit}&year=${year}&format=XLSX`, t('report.ledger-xlsx', {year}), `so-thu-nop-dang-phi-${year}.xlsx`)}
                ${isOfCell() && file(`/api/dues/reports/ledger?unit=${unit}&year=${year}&format=PDF`, t('report.ledger-pdf', {year}), `so-thu-nop-dang-phi-${year}.pdf`)}
            </div>
        <//>`;
    }

    return {Passing};
}
