/** Who can see this, and by which role: read when somebody asks. */
import {html, hooks} from '../base.js';
import {url} from '../api.js';
import {t} from '../texts.js';
import {useRemote} from '../data.js';
import {Icon, Remote} from '../ui.js';

/** @param resource the kind of thing, as its module names it */
export function WhoSees({resource, id}) {
    const [open, setOpen] = hooks.useState(false);
    return html`<details class="who-sees" onToggle=${event => setOpen(event.currentTarget.open)}>
        <summary><${Icon} name="eye" /><span>${t('who.title')}</span></summary>
        ${open && html`<${Readers} resource=${resource} id=${id} />`}
    </details>`;
}

function Readers({resource, id}) {
    const readers = useRemote(url('/api/access/explain', {resource, id}));
    return html`<${Remote} of=${readers}>${data => html`<ul class="plain">${data.readers.map((one, i) => html`<li key=${i}>
        ${one.role === 'MEMBER' && one.scope !== 'OWN'
            ? t('who.members', {count: one.count, unit: one.unitName})
            : html`<strong>${one.scope === 'OWN' ? t('who.own') : `${t(`role.${one.role}`)}, ${one.unitName}`}</strong>: <span class="name">${one.names.join(', ')}</span>${
                one.count > one.names.length ? ` ${t('who.more', {count: one.count - one.names.length})}` : ''}`}
    </li>`)}</ul>
    <p class="hint">${t('who.others')}</p>`}<//>`;
}
