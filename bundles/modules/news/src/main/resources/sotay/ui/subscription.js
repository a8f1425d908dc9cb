/** The address by which the member's own programme reads news: made, told once, taken back. */
export function subscription(app) {
    const {html, t, format, ui, hooks, api, focusOn, useAction, useRemote} = app;

    function Subscription() {
        const remote = useRemote('/api/news/subscription');
        const {busy, problem, run} = useAction();
        const [address, setAddress] = hooks.useState(null);
        const since = remote.data?.since;
        const make = () => run(async () => {
            setAddress((await api.post('/api/news/subscription')).address);
            remote.reload();
            focusOn('news-address');
        });
        const revoke = () => run(async () => {
            await api.delete('/api/news/subscription');
            setAddress(null);
            remote.reload();
            focusOn('news-subscription');
        });
        return html`<${ui.Page} title=${t('subscription.title')} lead=${t('subscription.lead')} back="/news" backTitle=${t('title')}>
            <${ui.Section} title=${t('subscription.yours')} id="news-subscription" tabindex="-1">
                <${ui.ProblemNotice} problem=${problem} />
                <${ui.ProblemNotice} problem=${remote.problem} />
                ${address && html`<p>${t('subscription.once')}</p><p class="news-address name" id="news-address" tabindex="-1">${address}</p>`}
                ${!address && html`<p>${since ? t('subscription.since', {time: format.when(since)}) : t('subscription.none')}</p>`}
                <div class="actions">
                    ${!address && html`<${ui.Button} kind=${since ? undefined : 'main'} icon="plus" id="news-address-make" busy=${busy && t('desk.doing')} onClick=${make}>
                        ${t(since ? 'subscription.again' : 'subscription.make')}<//>`}
                    ${(since || address) && html`<${ui.Button} icon="trash-2" id="news-address-revoke" busy=${busy && t('desk.doing')} onClick=${revoke}>${t('subscription.revoke')}<//>`}
                </div>
            <//>
        <//>`;
    }

    return {Subscription};
}
