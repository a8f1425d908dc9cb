/** Where somebody is signed in, and how to end it there. */
import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {useRemote} from '../data.js';
import {Badge, Button, Empty, Icon, ProblemNotice, Remote, Section} from '../ui.js';

/** @param path of the sessions; each ends by a DELETE below it */
export function Sessions({path, title, empty}) {
    const sessions = useRemote(path);
    const [problem, setProblem] = hooks.useState(null);
    const [ended, setEnded] = hooks.useState(null);
    const end = async one => {
        setProblem(null);
        try {
            await api.delete(`${path}/${one.id}`);
            setEnded(one.name || t('sessions.unknown'));
        } catch (failure) {
            setProblem(failure);
        }
    };
    return html`<${Section} title=${title}>
        ${ended && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('sessions.ended', {name: ended})}</span></p>`}
        <${ProblemNotice} problem=${problem} />
        <${Remote} of=${sessions}>${({items}) => items.length === 0
            ? html`<${Empty} title=${empty} />`
            : html`<ul class="rows sessions">${items.map(one => html`<li key=${one.id} class="row">
                <span class="row-text"><span class="row-title">${one.name || t('sessions.unknown')}</span>
                    <span class="row-more">${t('sessions.used', {time: format.ago(Date.parse(one.used))})} · ${t('sessions.begun',
                        {time: format.when(one.begun)})}</span>
                    ${(one.current || one.bound) && html`<span>${one.current && html`<${Badge} kind="good">${t('sessions.current')}<//> `}
                        ${one.bound && html`<${Badge}>${t('sessions.bound')}<//>`}</span>`}</span>
                ${!one.current && html`<${Button} kind="danger" icon="log-out" class="session-end"
                    onClick=${() => end(one)}>${t('sessions.end')}<span class="only-read"> ${one.name || t('sessions.unknown')}</span><//>`}
            </li>`)}</ul>`}<//>
    <//>`;
}
