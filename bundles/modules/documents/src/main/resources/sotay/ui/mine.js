/** What a reader keeps for itself, on its own phone alone: what is new since the last look, bookmarks, notes. */
const LONGEST_NOTE = 5000;

export function mine(app) {
    const {html, t, ui, hooks, mine: own} = app;
    const LOOKED = 'looked';
    const MARKED = 'bookmarks';

    const marked = () => own.get(MARKED) ?? [];

    /**
     * What was published since the list was looked at before: by the time of the newest that was there, so no phone's clock is believed. Looking
     * counts from the next time on.
     */
    function useNew(items) {
        const [since] = hooks.useState(() => own.get(LOOKED));
        const newest = (items ?? []).reduce((latest, one) => (one.publishedAt > latest ? one.publishedAt : latest), '');
        hooks.useEffect(() => {
            if (newest && newest > (own.get(LOOKED) ?? '')) {
                own.set(LOOKED, newest);
            }
        }, [newest]);
        return document => Boolean(since) && document.publishedAt > since;
    }

    /** Marks a document, and keeps a note beside it. */
    function Own({document}) {
        const note = `note.${document.id}`;
        const [isMarked, setMarked] = hooks.useState(() => marked().includes(document.id));
        const [text, setText] = hooks.useState(() => own.get(note) ?? '');
        if (!own.there) {
            return null;
        }
        const mark = () => {
            own.set(MARKED, isMarked ? marked().filter(id => id !== document.id) : [...marked(), document.id]);
            setMarked(!isMarked);
        };
        const write = value => {
            setText(value);
            if (value.trim()) {
                own.set(note, value);
            } else {
                own.remove(note);
            }
        };
        return html`<${ui.Section} title=${t('mine.title')} id="document-mine" class="no-print">
            <div class="actions"><${ui.Button} id="document-bookmark" icon=${isMarked && 'check'} aria-pressed=${isMarked ? 'true' : 'false'} onClick=${mark}>
                ${t('mine.bookmark')}<//></div>
            <${ui.Field} name="document-note" as="textarea" label=${t('mine.note')} hint=${t('mine.note-hint')} value=${text} maxlength=${LONGEST_NOTE}
                onInput=${event => write(event.target.value)} />
        <//>`;
    }

    return {marked, useNew, Own, isThere: () => own.there};
}
