/**
 * What was paid: a member's open amount, transfer by QR code and receipts; who leads a cell takes cash from all of it, one touch each, also
 * without a network, and closes the day with a second person.
 */
export function payments(app, {MyPlan}) {
    const {html, t, format, ui, api, hooks, outbox, useAction, useRemote, useForm, newId, mine, Problem} = app;
    const BOOK = 'book';
    const PICTURE = 640;

    const dong = amount => t('paid.dong', {amount: format.number(amount)});
    const month = period => t('paid.month', {month: `${Number(period.slice(5))}/${period.slice(0, 4)}`});
    const months = lines => lines.map(one => month(one.period)).join(', ');
    const leads = () => Boolean(app.caller.cell && app.caller.leads(app.caller.cell.id));

    // ---- for oneself

    /** What I owe, and the ways to pay it. */
    function MyDues() {
        const balances = useRemote('/api/dues/balances');
        return html`<${ui.Page} title=${t('paid.title')} lead=${t('mine.lead')} back="/dues" backTitle=${t('title')}>
            <${ui.Remote} of=${balances} loading=${t('mine.loading')}>${({items: [mineNow]}) => html`
                <${Open} balance=${mineNow} />`}<//>
            ${app.caller.member && html`<${MyPlan} />`}
            ${leads() && html`<${ui.Links} label=${t('collect.title')} rows=${[
                {href: '/dues/collect', title: t('collect.title'), text: t('collect.lead')},
                {href: '/dues/book', title: t('book.title'), text: t('book.lead')}]} />`}
            <${MyReceipts} />
        <//>`;
    }

    function Open({balance}) {
        if (!balance || balance.open === 0) {
            return html`<p class="done" role="status" id="dues-open"><${ui.Icon} name="circle-check" /><span>
                ${balance?.ahead ? t('mine.ahead', {amount: dong(balance.ahead)}) : t('mine.nothing')}</span></p>`;
        }
        return html`<${ui.Section} title=${t('mine.open')} id="dues-open">
            <p class="dues-sum">${dong(balance.open)}</p>
            <${ui.Facts} rows=${balance.months.map(one => [month(one.period), dong(one.due - one.paid)])} />
            <${ui.Button} kind="main" icon="coins" href="/dues/pay">${t('pay.title')}<//>
        <//>`;
    }

    function MyReceipts() {
        const list = useRemote(`/api/dues/payments?member=${app.caller.member.id}&limit=100`);
        return html`<${ui.Section} title=${t('receipts.title')}>
            <${ui.Remote} of=${list} loading=${t('receipts.loading')}>${({items}) => html`<${Receipts} items=${items} />`}<//>
        <//>`;
    }

    function Receipts({items, nameOf}) {
        return items.length === 0
            ? html`<${ui.Empty} title=${t('receipts.none')}>${t('receipts.none-more')}<//>`
            : html`<${ui.Links} label=${t('receipts.title')} rows=${[...items].reverse().map(one => ({
                href: `/dues/receipts/${one.id}`,
                title: `${dong(one.amount)}${nameOf ? `, ${nameOf(one.member)}` : ''}`,
                text: [one.receipt, format.day(one.day), months(one.lines ?? [])].filter(Boolean).join(' · '),
                state: (one.waiting || one.reversedBy || one.reverses) && html`<${StateOf} one=${one} />`,
            }))} />`;
    }

    function StateOf({one}) {
        return one.waiting
            ? html`<${ui.Badge} kind="late" icon="clock">${t('receipt.waits')}<//>`
            : html`<${ui.Badge} kind=${one.reversedBy ? 'bad' : 'mark'}>${t(one.reversedBy ? 'receipt.was-reversed' : 'receipt.reversal')}<//>`;
    }

    /** A code for the banking app: asked for once it is wanted. */
    function Pay() {
        const [id] = hooks.useState(newId);
        const [asked, setAsked] = hooks.useState(null);
        const {problem, run} = useAction();
        const ask = () => run(async () => {
            const request = await api.put(`/api/dues/requests/${id}`, {member: app.caller.member.id});
            setAsked({request, code: await api.get(`/api/dues/requests/${id}/qr`)});
        });
        hooks.useEffect(() => {
            ask();
        }, []);
        return html`<${ui.Page} title=${t('pay.title')} back="/dues/paid" backTitle=${t('paid.back')}>
            <${ui.ProblemNotice} problem=${problem} retry=${problem?.mayPass ? ask : undefined} />
            ${!asked && !problem && html`<${ui.Loading}>${t('pay.loading')}<//>`}
            ${asked && html`<${Code} ...${asked} />`}
        <//>`;
    }

    function Code({request, code}) {
        const picture = usePicture(code.svg, [dong(request.amount), request.memo]);
        return html`
            <p>${t('pay.lead')}</p>
            <div class="dues-code">${picture && html`<img src=${picture} alt=${t('pay.code', {amount: dong(request.amount), memo: request.memo})} />`}</div>
            <${ui.Facts} rows=${[
                [t('pay.amount'), dong(request.amount)],
                [t('pay.memo'), request.memo],
                [t('pay.account'), request.account.number],
                [t('pay.bank'), request.bank],
                [t('pay.holder'), request.account.holder]]} />
            ${picture && html`<${Keep} picture=${picture} name=${`${request.memo.replace(' ', '-')}.png`} />`}
            <${ui.Notice} title=${t('pay.later')}>${t('pay.later-more')}<//>`;
    }

    /** Handed to the banking app, or kept among the phone's pictures, where the browser can; else downloaded. */
    function Keep({picture, name}) {
        const file = hooks.useMemo(() => new File([bytesOf(picture)], name, {type: 'image/png'}), [picture, name]);
        const mayShare = Boolean(navigator.canShare && navigator.canShare({files: [file]}));
        // who closes the sheet has changed his mind; whatever else goes wrong, there is the download
        const share = () => navigator.share({files: [file]}).catch(() => {});
        return html`<div class="actions">
            ${mayShare && html`<${ui.Button} kind="main" icon="send" id="pay-share" onClick=${share}>${t('pay.share')}<//>`}
            <${ui.Button} kind=${mayShare ? undefined : 'main'} icon="download" id="pay-save" href=${picture} download=${name}>${t('pay.save')}<//>
        </div>`;
    }

    const bytesOf = url => Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), letter => letter.charCodeAt(0));

    /** The code as a picture that a phone keeps among its own, with the words below it. */
    function usePicture(svg, words) {
        const [picture, setPicture] = hooks.useState(null);
        hooks.useEffect(() => {
            const image = new Image();
            image.onload = () => {
                const canvas = document.createElement('canvas');
                const pen = canvas.getContext('2d');
                canvas.width = PICTURE;
                canvas.height = PICTURE + words.length * 48 + 16;
                pen.fillStyle = '#fff';
                pen.fillRect(0, 0, canvas.width, canvas.height);
                pen.imageSmoothingEnabled = false;
                pen.drawImage(image, 0, 0, PICTURE, PICTURE);
                pen.fillStyle = '#000';
                pen.font = '600 36px sans-serif';
                pen.textAlign = 'center';
                words.forEach((word, line) => pen.fillText(word, PICTURE / 2, PICTURE + 36 + line * 48));
                setPicture(canvas.toDataURL('image/png'));
            };
            image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
        }, [svg]);
        return picture;
    }

    function Receipt({id}) {
        const payment = useRemote(`/api/dues/payments/${id}`);
        const code = useRemote(`/api/dues/payments/${id}/code`);
        return html`<${ui.Page} title=${t('receipt.title')} back="/dues/paid" backTitle=${t('paid.back')}>
            <${ui.Remote} of=${payment} loading=${t('receipts.loading')}>${one => html`
                ${(one.reversedBy || one.reverses) && html`<p><${StateOf} one=${one} /></p>`}
                <${ui.Facts} rows=${[
                    [t('receipt.number'), one.receipt],
                    [t('receipt.day'), format.day(one.day)],
                    [t('receipt.amount'), dong(one.amount)],
                    [t('receipt.channel'), t(`channel.${one.channel}`)],
                    ...one.lines.map(line => [month(line.period), dong(line.amount)]),
                    [t('receipt.extra'), one.extra !== 0 && dong(one.extra)],
                    [t('receipt.ahead'), one.ahead !== 0 && dong(one.ahead)],
                    [t('receipt.reason'), one.reason]]} />
                <div class="actions no-print"><${ui.Button} icon="printer" href=${`/api/dues/payments/${id}/receipt`} download="bien-lai.pdf">
                    ${t('receipt.paper')}<//></div>
                ${code.data && html`<div class="dues-code"><img src=${`data:image/svg+xml,${encodeURIComponent(code.data.svg)}`}
                    alt=${t('receipt.code')} /></div><p>${t('receipt.check')}</p>`}`}<//>
        <//>`;
    }

    // ---- for who leads the cell

    const today = () => format.today();
    const isOpen = one => one.amount > 0 && !one.reversedBy && !one.reverses;

    /** This device's own book: opened while there is a network, so that receipts have numbers without one. */
    async function openBook(cell) {
        if (!mine.there || mine.get(BOOK)?.unit === cell) {
            return;
        }
        const id = mine.get(BOOK)?.asked ?? newId();
        mine.set(BOOK, {asked: id});
        const {series, last} = await api.put(`/api/dues/books/${id}`, {unit: cell});
        mine.set(BOOK, {id, unit: cell, series, year: today().slice(0, 4), last});
    }

    /** The next number of this device's book; nothing where it has none: then the server numbers. */
    function nextNumber(cell) {
        const book = mine.there ? mine.get(BOOK) : null;
        if (!book || book.unit !== cell) {
            return {};
        }
        const year = today().slice(0, 4);
        const number = book.year === year ? book.last + 1 : 1;
        mine.set(BOOK, {...book, year, last: number});
        return {book: book.id, number};
    }

    const takenBack = number => {
        const book = number.book && mine.get(BOOK);
        if (book && book.last === number.number) {
            mine.set(BOOK, {...book, last: number.number - 1});
        }
    };

    function useCell() {
        const cell = app.caller.cell.id;
        const balances = useRemote(`/api/dues/balances?cell=${cell}&limit=500`);
        const paid = useRemote(`/api/dues/payments?unit=${cell}&from=${today()}&limit=500`);
        const people = [...(balances.data?.items ?? [])].sort((one, other) => format.compareNames(one.name, other.name));
        const taken = paid.data?.items ?? [];
        const reversed = new Set(taken.map(one => one.reverses).filter(Boolean));
        return {
            cell, balances, paid, people,
            taken: taken.map(one => (reversed.has(one.id) && !one.reversedBy ? {...one, reversedBy: 'waits'} : one)),
            nameOf: id => people.find(one => one.member === id)?.name ?? t('someone'),
        };
    }

    function Collect() {
        const {cell, balances, paid, people, taken, nameOf} = useCell();
        hooks.useEffect(() => {
            openBook(cell).catch(failure => {
                if (!(failure instanceof Problem)) {
                    throw failure;
                }
            });
        }, []);
        const send = async (member, body, title) => {
            const number = nextNumber(cell);
            const id = newId();
            const content = {member, day: today(), channel: 'CASH', ...body, ...number};
            try {
                await outbox.put(`/api/dues/payments/${id}`, content, {title, shown: {id, lines: [], ...content}, id: 'id', quiet: true});
            } catch (failure) {
                takenBack(number);
                throw failure;
            }
            paid.reload();
            balances.reload();
        };
        const sum = taken.reduce((all, one) => all + one.amount, 0);
        return html`<${ui.Page} title=${t('collect.title')} lead=${t('collect.lead')} back="/dues/paid" backTitle=${t('paid.back')}>
            <${ui.Remote} of=${balances} loading=${t('collect.loading')}>${() => html`
                <p class="dues-count" role="status">${t('collect.count', {amount: dong(sum), people: new Set(taken.filter(isOpen).map(one => one.member)).size})}</p>
                ${people.length === 0 && html`<${ui.Empty} title=${t('collect.none')} />`}
                <ul class="rows dues-collect">${people.map(one => html`<${Row} key=${one.member} balance=${one}
                    taken=${taken.filter(other => other.member === one.member)}
                    take=${amount => send(one.member, {amount}, t('outbox.cash', {name: one.name, amount: dong(amount)}))}
                    undo=${origin => send(one.member, {amount: -origin.amount, reverses: origin.id, reason: t('collect.mistake')},
                        t('outbox.undo', {name: one.name, amount: dong(origin.amount)}))} />`)}</ul>
                <${ui.Section} title=${t('collect.today')}><${Receipts} items=${taken} nameOf=${nameOf} /><//>`}<//>
        <//>`;
    }

    function Row({balance, taken, take, undo}) {
        const [other, setOther] = hooks.useState(null);
        const action = useAction();
        const {busy, problem} = action;
        const run = async work => (await action.run(work)) && setOther(null);
        const id = `dues-${balance.member}`;
        const waiting = taken.filter(one => one.waiting).reduce((all, one) => all + one.amount, 0);
        const open = Math.max(0, balance.open - waiting);
        const last = [...taken].reverse().find(isOpen);
        const amount = Number(String(other ?? '').replace(/[^0-9]/g, ''));
        return html`<li class="row dues-row" id=${id}>
            <div class="row-text">
                <span class="row-title name" id=${`${id}-name`}>${balance.name}</span>
                <span class="row-more">${open > 0 ? t('collect.open', {amount: dong(open), months: balance.months.map(one => month(one.period)).join(', ')})
                    : balance.ahead > 0 ? t('mine.ahead', {amount: dong(balance.ahead)}) : t('collect.paid')}</span>
                ${last && html`<span><${ui.Badge} kind="good" icon="check">${t('collect.taken', {amount: dong(last.amount)})}<//> ${last.receipt ?? ''}</span>`}
                <${ui.Unsent} of=${last} />
                <${ui.ProblemNotice} problem=${problem} />
            </div>
            <div class="dues-actions" role="group" aria-labelledby=${`${id}-name`}>
                ${open > 0 && other === null && html`<${ui.Button} kind="main" icon="coins" busy=${busy && t('collect.sending')}
                    onClick=${() => run(() => take(open))}>${t('collect.take', {amount: dong(open)})}<//>`}
                ${other === null && html`<${ui.Button} kind="quiet" onClick=${() => setOther('')}>${t('collect.other')}<//>`}
                ${other === null && last && html`<${ui.Button} kind="quiet" icon="undo-2" onClick=${() => run(() => undo(last))}>${t('collect.undo')}<//>`}
                ${other !== null && html`
                    <label for=${`${id}-other`}>${t('collect.amount')}</label>
                    <input id=${`${id}-other`} inputmode="numeric" value=${other} onInput=${event => setOther(event.target.value)} />
                    <${ui.Button} kind="main" busy=${busy && t('collect.sending')} onClick=${() => amount > 0 && run(() => take(amount))}>
                        ${t('collect.take', {amount: dong(amount)})}<//>
                    <${ui.Button} kind="quiet" onClick=${() => setOther(null)}>${t('collect.cancel')}<//>`}
            </div>
        </li>`;
    }

    /** For the opening of a meeting: how many have paid, and what is missing. */
    function Opening({meeting, children}) {
        const balances = useRemote(`/api/dues/balances?cell=${meeting.cell}&limit=500`);
        return [children].flat()[0](balances.data ? announced(balances.data.items) : balances.problem ? null : undefined);
    }

    function announced(people) {
        const owing = people.filter(one => one.open > 0);
        const counts = {all: people.length, paid: people.length - owing.length, open: owing.length, amount: dong(owing.reduce((all, one) => all + one.open, 0))};
        return people.length > 0 && t(owing.length > 0 ? 'opening.some' : 'opening.all', counts);
    }

    function BookPage() {
        const cell = app.caller.cell.id;
        const books = useRemote(`/api/dues/books?unit=${cell}`);
        return html`<${ui.Page} title=${t('book.title')} lead=${t('book.lead')} back="/dues/paid" backTitle=${t('paid.back')}>
            <${ui.Remote} of=${books} loading=${t('book.loading')}>${({items}) => (items.length === 0
                ? html`<${ui.Empty} title=${t('book.none')}>${t('book.none-more')}<//>`
                : items.map(one => html`<${OneBook} key=${one.id} book=${one} reload=${books.reload} />`))}<//>
        <//>`;
    }

    /** Whoever has not counted confirms what was counted, and the day is closed. */
    function Confirm({book, one, done}) {
        const {busy, problem, run} = useAction();
        const confirm = async () => {
            await run(() => api.post(`/api/dues/books/${book.id}/closings/${one.day}/confirm`));
            done();
        };
        return one.countedBy === app.caller.account ? html`<p>${t('book.second')}</p>` : html`
            <${ui.ProblemNotice} problem=${problem} />
            <div class="actions"><${ui.Button} icon="check" class="dues-confirm" busy=${busy && t('book.confirming')} onClick=${confirm}>${t('book.confirm')}<//></div>`;
    }

    /** Days that were counted, and that nobody has confirmed on the day itself. */
    function Waiting({book, today: day, all, done}) {
        return all.filter(one => one.countedBy && !one.confirmedBy && one.day !== day && !(book.closedTo && one.day <= book.closedTo)).reverse().map(one => html`
            <div class="dues-waiting" key=${one.day}>
                <h3>${t('book.waiting', {day: format.day(one.day)})}</h3>
                <${ui.Facts} rows=${[[t('book.expected'), dong(one.expected)], [t('book.counted'), dong(one.counted)], [t('book.note'), one.note]]} />
                <${Confirm} book=${book} one=${one} done=${done} />
            </div>`);
    }

    function OneBook({book, reload}) {
        const day = today();
        const path = `/api/dues/books/${book.id}/closings/${day}`;
        const closing = useRemote(path);
        const before = useRemote(`/api/dues/books/${book.id}/closings?limit=31`);
        const form = useForm(`dues-close-${book.id}`, {counted: '', note: ''});
        const confirmed = () => {
            closing.reload();
            before.reload();
            reload();
        };
        const count = () => form.submit(async ({counted, note}) => {
            await api.put(path, {counted: Number(counted.replace(/[^0-9]/g, '')), ...(note.trim() ? {note} : {})});
            closing.reload();
        });
        return html`<${ui.Section} title=${t('book.one', {series: book.series, kind: t(`book.kind.${book.kind}`)})} id=${`book-${book.series}`}>
            <${Waiting} book=${book} today=${day} all=${before.data?.items ?? []} done=${confirmed} />
            <${ui.Remote} of=${closing} loading=${t('book.loading')}>${one => html`
                <${ui.Facts} rows=${[
                    [t('book.last'), book.last > 0 && String(book.last)],
                    [t('book.closed-to'), book.closedTo && format.day(book.closedTo)],
                    [t('book.expected'), dong(one.expected)],
                    [t('book.counted'), one.countedBy && dong(one.counted)],
                    [t('book.note'), one.note]]} />
                ${one.confirmedBy && html`<p class="done" role="status"><${ui.Icon} name="circle-check" /><span>${t('book.closed')}</span></p>`}
                ${one.countedBy && !one.confirmedBy && html`<${Confirm} book=${book} one=${one} done=${confirmed} />`}
                ${!one.confirmedBy && html`<${ui.Form} form=${form} onSubmit=${count} shown=${['counted', 'note']}>
                    <${ui.Field} form=${form} name="counted" label=${t('book.count')} inputmode="numeric" />
                    <${ui.Field} form=${form} name="note" label=${t('book.note')} optional />
                    <${ui.Button} type="submit" kind="main">${t('book.count-done')}<//>
                <//>`}`}<//>
        <//>`;
    }

    // ---- without a network

    const page = items => ({items, next: null});
    const byDay = (one, other) => (one.bookedOn + one.id < other.bookedOn + other.id ? -1 : 1);
    const local = [
        {path: '/api/dues/payments/:id', types: ['dues-payment'], read: (copy, {id}) => copy.one('dues-payment', id)},
        {
            path: '/api/dues/payments',
            types: ['dues-payment'],
            read: (copy, none, {member, unit, from = '', to = '9999'}) => page(copy.all('dues-payment')
                .filter(one => (!member || one.member === member) && (!unit || one.unit === unit) && one.bookedOn >= from && one.bookedOn <= to)
                .sort(byDay)),
        },
        {
            path: '/api/dues/balances',
            types: ['dues-balance'],
            read: (copy, none, {cell, member}) => {
                const found = copy.all('dues-balance').filter(one => (cell ? one.cell === cell : one.member === (member ?? app.caller.member?.id)));
                // of whom nothing was told it is not known that nothing is open
                return found.length > 0 ? page(found) : null;
            },
        },
    ];

    /** What a book of this device could not take is put into the cell's own. */
    const refused = [{
        path: '/api/dues/payments/:id',
        text: () => t('outbox.own-book'),
        instead: item => {
            const {book, number, ...body} = item.body;
            return book ? {path: item.path, body, title: item.title, shown: {lines: [], ...body}} : null;
        },
    }];

    return {
        routes: [
            {path: '/dues/paid', page: MyDues, for: who => who.cell},
            {path: '/dues/pay', page: Pay, for: who => who.cell},
            {path: '/dues/receipts/:id', page: Receipt, for: who => who.cell},
            {path: '/dues/collect', page: Collect, for: who => who.cell && who.leads(who.cell.id)},
            {path: '/dues/book', page: BookPage, for: who => who.cell && who.leads(who.cell.id)},
        ],
        local,
        refused,
        Opening,
    };
}
