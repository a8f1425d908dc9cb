/** How the reader wants to be told, and what was sent: its own alone. */
import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {useAction} from '../action.js';
import {useForm} from '../form.js';
import {useRemote} from '../data.js';
import * as format from '../format.js';
import {wordsOf} from '../notices.js';
import * as push from '../push.js';
import {t} from '../texts.js';
import {Button, Choice, Empty, Facts, Field, Form, Icon, Notice, Page, ProblemNotice, Remote, Section} from '../ui.js';

const PATH = '/api/me/notices/preference';

/** One touch, or why not: each state says what is so. */
function Here({standing, reload}) {
    const [state, setState] = hooks.useState('');
    const {busy, problem, run} = useAction();
    const isOn = standing.here && push.isSupported && Notification.permission === 'granted';
    const begin = () => run(async () => {
        setState('');
        try {
            setState(await push.start(standing.key) ? '' : 'refused');
        } catch (failure) {
            if (failure.status !== undefined) {
                throw failure;
            }
            console.info('Without push:', failure.message);
            setState('failed');
        }
        await reload();
    });
    const end = () => run(async () => {
        await push.stop();
        await reload();
    });
    if (!push.isSupported) {
        return html`<${Notice} title=${t('push.none')}>${t('push.none-more')}<//>`;
    }
    if (isOn) {
        return html`<p class="done" role="status" id="push-on"><${Icon} name="circle-check" /><span>${t('push.on')}</span></p>
            ${standing.devices > 1 && html`<p>${t('push.others', {count: standing.devices})}</p>`}
            <${ProblemNotice} problem=${problem} />
            <div class="actions"><${Button} id="push-stop" busy=${busy && t('job.doing')} onClick=${end}>${t('push.stop')}<//></div>`;
    }
    return html`<p>${t('push.lead')}</p>
        ${(state === 'refused' || Notification.permission === 'denied') && html`<${Notice} title=${t('push.refused')} id="push-refused">${t('push.refused-more')}<//>`}
        ${state === 'failed' && html`<${Notice} kind="error" title=${t('push.failed')} id="push-failed">${t('push.failed-more')}<//>`}
        <${ProblemNotice} problem=${problem} />
        ${Notification.permission !== 'denied' && html`<div class="actions"><${Button} icon="bell" id="push-start"
            busy=${busy && t('push.asking')} onClick=${begin}>${t('push.start')}<//></div>`}`;
}

/** Nothing of it is shown where the province has not opened this way. */
function OnThisDevice() {
    const standing = useRemote('/api/me/push');
    return standing.data?.key && html`<${Section} title=${t('push.title')}>
        <${Here} standing=${standing.data} reload=${standing.reload} />
    <//>`;
}

function Settings({choice}) {
    const {chosen, open} = choice;
    const own = Boolean(chosen.quietFrom);
    const form = useForm('notice-settings', {
        mail: chosen.mail ?? '',
        reachedBy: chosen.reachedBy ?? '',
        channels: chosen.channels,
        hours: own ? 'OWN' : 'USUAL',
        quietFrom: chosen.quietFrom ?? choice.usualFrom,
        quietTo: chosen.quietTo ?? choice.usualTo,
        daily: chosen.daily ? 'DAILY' : 'EACH',
    }, {keep: false});
    const [done, setDone] = hooks.useState(false);
    const has = name => form.value('channels').includes(name);
    const put = (name, is) => form.set('channels', is ? [...form.value('channels'), name] : form.value('channels').filter(one => one !== name));
    const submit = async () => {
        setDone(false);
        const isOwn = form.value('hours') === 'OWN';
        setDone(await form.submit(values => api.put(PATH, {
            mail: values.mail.trim() || null,
            reachedBy: values.reachedBy.trim() || null,
            channels: values.channels,
            quietFrom: isOwn ? values.quietFrom : null,
            quietTo: isOwn ? values.quietTo : null,
            daily: values.daily === 'DAILY',
        })));
    };
    return html`<${Form} form=${form} onSubmit=${submit} shown=${['mail', 'reachedBy', 'quietFrom', 'quietTo']}>
        ${open.includes('SMS') && html`<label class="check"><input type="checkbox" id="notice-sms" checked=${has('SMS')}
            onChange=${event => put('SMS', event.target.checked)} /><span>${choice.phone ? t('notices.sms', {number: choice.phone}) : t('notices.sms-none')}</span></label>`}
        ${open.includes('MAIL') && html`<label class="check"><input type="checkbox" id="notice-mail" checked=${has('MAIL')}
            onChange=${event => put('MAIL', event.target.checked)} /><span>${t('notices.by-mail')}</span></label>
            <${Field} form=${form} name="mail" type="email" label=${t('notices.mail')} hint=${t('notices.mail-hint')} autocomplete="email" optional=${true} />`}
        ${open.length === 0 && html`<p>${t('notices.only-here')}</p>`}
        <${Field} form=${form} name="reachedBy" label=${t('notices.reached-by')} hint=${t('notices.reached-by-hint')} maxlength="120" optional=${true} />
        <${Choice} form=${form} name="hours" label=${t('notices.hours')} hint=${t('notices.hours-hint')}
            options=${[['USUAL', t('notices.hours-usual', {from: choice.usualFrom, to: choice.usualTo})], ['OWN', t('notices.hours-own')]]} />
        ${form.value('hours') === 'OWN' && html`<${Field} form=${form} name="quietFrom" type="time" label=${t('notices.hours-from')} />
            <${Field} form=${form} name="quietTo" type="time" label=${t('notices.hours-to')} />`}
        <${Choice} form=${form} name="daily" label=${t('notices.often')}
            options=${[['EACH', t('notices.each')], ['DAILY', t('notices.daily')]]} />
        ${done && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('notices.saved')}</span></p>`}
        <${Button} kind="main" type="submit" icon="check" id="notice-save" busy=${form.sending && t('job.doing')}>${t('notices.save')}<//>
    <//>`;
}

function Log() {
    const log = useRemote('/api/me/notices/log');
    return html`<${Section} title=${t('notices.log')}>
        <${Remote} of=${log}>${({items}) => (items.length === 0
            ? html`<${Empty} title=${t('notices.log-none')}>${t('notices.log-none-more')}<//>`
            : html`<ul class="rows">${items.map(one => html`<li class="row" key=${one.notice}><span class="row-text">
                <span class="row-title">${wordsOf(one).title}</span>
                <span class="row-more">${format.when(one.at)} · ${t(`notices.by.${one.by}`)}</span></span></li>`)}</ul>`)}<//>
    <//>`;
}

export function NoticeSettings() {
    const choice = useRemote(PATH);
    return html`<${Page} title=${t('notices.settings')} lead=${t('notices.settings-lead')} back="/notices" backTitle=${t('notices.title')}>
        <${OnThisDevice} />
        <${Remote} of=${choice}>${data => html`<${Settings} choice=${data} />`}<//>
        <${Log} />
    <//>`;
}
