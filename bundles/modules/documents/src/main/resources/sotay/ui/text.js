/**
 * The text of a document for a phone: headings, articles and clauses of Markdown or plain text as blocks, {@code {kind, text, id}}, with
 * {@code kind} one of {@code h2, h3, p, li, note, table}; a table has {@code rows} of cells, the first is its head. Articles have the id {@code dieu-5}, their clauses {@code dieu-5-khoan-2}.
 * Each has the {@code anchor} at which an opinion hangs: what is numbered by its number, the others by what they say, as the server has it.
 */
const ARTICLE = /^Điều\s+(\d+[a-zđ]?)\b/i;
/** As the server has it: "Chương II", "Phần thứ nhất", "Mục 1"; not "Mục đích" or "Chương trình". */
const PART = /^(?:Phần|Chương|Mục|Tiểu mục)\s+(?:thứ\s+[^\s.:]+|[IVXLC]+|\d+|[A-ZĐ])(?![0-9A-Za-z\u00c0-\u1ef9])/i;
const CLAUSE = /^(\d+[a-zđ]?)\.\s/;
const POINT = /^([a-zđ])\)\s/;

/** What parts the head of a table from what stands below it. */
const RULE = /^\|(?:\s*:?-+:?\s*\|)+$/;

const cellsOf = row => row.replace(/\\\|/g, '\u0000').replace(/^\||\|$/g, '').split('|').map(cell => plain(cell.replace(/\u0000/g, '|')));

const plain = line => line.replace(/\*\*(.+?)\*\*/g, '$1').replace(/\\([*_#.-])/g, '$1').trim();

/** What a Markdown file says of itself before its text. */
const FRONT = /^\ufeff?---[ \t]*\n(?:[^\n]*\n){0,60}?---[ \t]*(?:\n|$)/;

/** @returns {Array} the blocks, in order */
export function blocksOf(text) {
    const blocks = [];
    const ids = new Set();
    let article = null;
    const add = (kind, words, wanted) => {
        const id = wanted && !ids.has(wanted) ? wanted : undefined;
        if (id) {
            ids.add(id);
        }
        blocks.push({kind, text: plain(words), id});
    };
    const heading = (words, level) => {
        const found = ARTICLE.exec(plain(words));
        article = found ? `dieu-${found[1].toLowerCase()}` : null;
        add(found || level > 2 ? 'h3' : 'h2', words, article);
    };
    let open = false;
    const lines = text.normalize('NFC').replace(/\r\n?/g, '\n').replace(FRONT, '').split('\n').map(line => line.trim());
    let table = null;
    for (let i = 0; i < lines.length; i++) {
        const trimmed = lines[i];
        if (table && trimmed.startsWith('|')) {
            if (!RULE.test(trimmed)) {
                const row = cellsOf(trimmed);
                table.rows.push(table.rows[0].map((head, column) => row[column] ?? ''));
                table.text += `\n${row.filter(Boolean).join(' · ')}`;
            }
            continue;
        }
        table = null;
        if (trimmed.startsWith('|') && RULE.test(lines[i + 1] ?? '')) {
            const row = cellsOf(trimmed);
            table = {kind: 'table', text: row.filter(Boolean).join(' · '), rows: [row]};
            blocks.push(table);
            open = false;
            continue;
        }
        const marked = /^(#{1,6})\s+(.*)$/.exec(trimmed);
        if (!trimmed) {
            open = false;
        } else if (marked) {
            heading(marked[2], marked[1].length);
            open = false;
        } else if (ARTICLE.test(trimmed) && trimmed.length < 200 || PART.test(trimmed) && trimmed.length < 120) {
            heading(trimmed, PART.test(trimmed) ? 2 : 3);
            open = false;
        } else if (/^[-*•+]\s/.test(trimmed)) {
            add('li', trimmed.slice(2));
            open = true;
        } else if (/^\*[^*].*\*$/.test(trimmed)) {
            add('note', trimmed.slice(1, -1));
            open = false;
        } else {
            const clause = CLAUSE.exec(trimmed);
            if (open && !clause && !POINT.test(trimmed)) {
                // a line that was broken goes on
                blocks[blocks.length - 1].text += ` ${plain(trimmed)}`;
            } else {
                add('p', trimmed, article && clause ? `${article}-khoan-${clause[1].toLowerCase()}` : undefined);
            }
            open = true;
        }
    }
    anchor(blocks);
    return blocks;
}

/** FNV-1a of the UTF-16 units, in hexadecimal. */
function hashOf(text) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) {
        hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
    }
    return (hash >>> 0).toString(16).padStart(8, '0');
}

function anchor(blocks) {
    const taken = new Map();
    let within;
    for (const block of blocks) {
        const isHead = block.kind === 'h2' || block.kind === 'h3';
        if (block.id || isHead) {
            within = block.id;
        }
        const point = within && !isHead && POINT.exec(block.text);
        const base = block.id || (point ? `${within}-diem-${point[1]}` : `p-${hashOf(block.text)}`);
        const count = (taken.get(base) ?? 0) + 1;
        taken.set(base, count);
        block.anchor = count === 1 ? base : `${base}-${count}`;
    }
}

/** Whether the text of a file can be shown within the page. */
export const isText = file => /^text\/(plain|markdown)\b/.test(file.type ?? '') && file.size < 2_000_000;

/** The file that has the text of a file, as the server has found it, or that file itself where it is text; null if there is none. */
export function textOf(file) {
    if (file.text) {
        return file.text.file ? {name: file.name, type: 'text/plain', ...file.text} : null;
    }
    return isText(file) ? file : null;
}
