import {html, hooks} from '../base.js';
import {t, has} from '../texts.js';
import * as format from '../format.js';
import {caller, signOut} from '../session.js';
import {useRemote} from '../data.js';
import {all} from '../modules.js';
import {TextSize} from '../frame.js';
import {Button, Card, Facts, Links, Page, ProblemNotice, Section} from '../ui.js';
import {Languages} from './sign-in.js';

/** A role that is held at a unit, with the unit's name when it may be known. */
function Mandate({mandate}) {
    const id = mandate.unit?.id ?? mandate.unit;
    const known = mandate.unit?.name ?? (caller.value.cell?.id === id ? caller.value.cell.name : null);
    const unit = useRemote(known ? null : `/api/units/${id}`);
    const role = has('shell', `role.${mandate.role}`) ? t(`role.${mandate.role}`) : mandate.role;
    return html`<li><strong>${role}</strong>, ${known ?? unit.data?.name ?? '…'}${mandate.to && html` (${t('me.until', {day: format.date(mandate.to)})})`}</li>`;
}

export function Me() {
    const who = caller.value;
    const [problem, setProblem] = hooks.useState(null);
    const more = all('menu').filter(entry => !entry.for || entry.for(who));
    return html`<${Page} title=${t('me.title')}>
        <div class="cards">
            <${Card} title=${who.name} icon="user">
                <${Facts} rows=${[[t('me.cell'), who.cell?.name], [t('me.code'), who.cell?.code], [t('me.login'), who.login]]} />
                ${who.mandates.length > 0 && html`<h3>${t('me.mandates')}</h3><ul class="plain">${who.mandates.map(mandate => html`<${Mandate}
                    key=${mandate.role} mandate=${mandate} />`)}</ul>`}
            <//>
            <${Card} title=${t('me.reading')} icon="eye">
                <h3>${t('size.title')}</h3>
                <${TextSize} />
                <h3>${t('language.title')}</h3>
                <${Languages} />
            <//>
        </div>
        ${more.length > 2 && html`<${Section} title=${t('me.more')}><${Links}
            rows=${more.map(entry => ({href: entry.path, title: entry.text()}))} /><//>`}
        <${Section} title=${t('me.leave')}>
            <p>${t('me.leave-more')}</p>
            <${ProblemNotice} problem=${problem} />
            <${Button} icon="log-out" id="sign-out" onClick=${() => signOut().catch(setProblem)}>${t('me.sign-out')}<//>
        <//>
    <//>`;
}
