/** What all say of a draft, by paragraph and by unit: for officers and the editors of the draft. Nobody's name is in it. */
export function report(app, {Stance, Said}) {
    const {html, t, format, ui, hooks, useRemote} = app;

    const counted = counts => ['agree', 'amend', 'against'].map(one => t(`report.${one}`, {count: format.number(counts[one])})).join(' · ');

    function Report({id}) {
        const own = app.caller.mandates.find(one => ['OFFICER', 'INSPECTOR', 'EDITOR'].includes(one.role))?.unit;
        const [path, setPath] = hooks.useState([]);
        const unit = path.length > 0 ? path[path.length - 1] : own;
        const report = useRemote(unit ? `/api/documents/${id}/report?unit=${unit}` : null);
        return html`<${ui.Page} title=${t('report.title')} lead=${report.data?.title} back=${`/documents/${id}`} backTitle=${t('draft.open')}>
            ${path.length > 0 && html`<div class="actions"><${ui.Button} icon="arrow-left" id="report-up" onClick=${() => setPath(path.slice(0, -1))}>${t('report.up')}<//></div>`}
            <${ui.Remote} of=${report} loading=${t('loading')}>${one => html`
                <p><strong>${one.name}</strong></p>
                <p id="report-sum">${[t('report.gave', {count: format.number(one.gave), members: format.number(one.members)}), t('report.sent', {count: format.number(one.sent), cells: format.number(one.cells)})].join('. ')}.</p>
                ${one.lines.length > 0 && html`<div class="actions"><${ui.Button} icon="download" id="report-xlsx" href=${`/api/documents/${id}/report?unit=${unit}&format=XLSX`} download="tong-hop-gop-y.xlsx">${t('report.xlsx')}<//>
                    <${ui.Button} icon="download" id="report-pdf" href=${`/api/documents/${id}/report?unit=${unit}&format=PDF`} download="tong-hop-gop-y.pdf">${t('report.pdf')}<//></div>`}
                ${one.withheld && html`<p class="hint">${t('report.withheld')}</p>`}
                <${Parts} report=${one} open=${part => setPath([...path, part])} />
                ${one.lines.length === 0 ? html`<${ui.Empty} title=${t('report.none')}>${t('report.none-more')}<//>`
                    : one.lines.map((line, i) => html`<${Line} number=${i + (one.lines[0].text === undefined ? 0 : 1)} key=${`${line.edition} ${line.anchor}`} line=${line} />`)}
            `}<//>
        <//>`;
    }

    function Parts({report: {parts}, open}) {
        const items = parts.filter(one => one.members > 0);
        return items.length > 0 && html`<details class="documents-articles" id="report-parts"><summary>${t('report.parts', {count: items.length})}</summary>
            <ul class="rows">${items.map(one => html`<li class="row" key=${one.unit}><span class="row-text"><span class="row-title">${one.name}</span><span class="row-more">${
                [t('report.gave', {count: format.number(one.gave), members: format.number(one.members)}), t('report.sent', {count: format.number(one.sent), cells: format.number(one.cells)})].join(' · ')}</span></span>
                ${one.gave > 0 && !one.withheld && html`<${ui.Button} kind="quiet" onClick=${() => open(one.unit)}>${t('report.part')}<span class="only-read"> ${one.name}</span><//>`}</li>`)}</ul></details>`;
    }

    /** The paragraph, and beside it what is said of it. */
    function Line({line, number}) {
        return html`<${ui.Section} title=${line.text === undefined ? t('opine.whole-title') : t('cell.paragraph', {number})} class="documents-place">
            ${!line.current && html`<p><${ui.Badge} kind="late">${t('report.then', {edition: line.edition})}<//></p>`}
            <div class=${line.text === undefined ? '' : 'documents-beside'}>
                ${line.text !== undefined && html`<blockquote class="documents-quote" lang="vi">${line.text}</blockquote>`}
                <div>
                    ${line.counts && html`<p>${counted(line.counts)}</p>`}
                    ${line.cells.length > 0 && html`<h3>${t('report.cells')}</h3><ul class="rows">${line.cells.map(one => html`<li class="row" key=${one.cell}><div class="row-text">
                        <span><strong>${one.name}</strong> <${Stance} of=${one} /></span><${Said} of=${one} /></div></li>`)}</ul>`}
                    ${line.said.length > 0 && html`<h3>${t('report.said')}</h3><ul class="rows">${line.said.map((one, i) => html`<li class="row" key=${i}><div class="row-text">
                        <span><${Stance} of=${one} /></span><${Said} of=${one} /></div></li>`)}</ul>`}
                    ${line.more > 0 && html`<p class="hint">${t('report.more', {count: format.number(line.more)})}</p>`}
                    ${line.byPart.length > 0 && html`<details class="documents-articles"><summary>${t('report.by-part')}</summary><ul class="plain">${line.byPart.map(one => html`<li key=${one.unit}>${one.name}: ${counted(one.counts)}</li>`)}</ul></details>`}
                </div>
            </div>
        <//>`;
    }

    return {Report};
}
