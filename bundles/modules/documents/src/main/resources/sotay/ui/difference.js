/**
 * What two lists of lines have in common and not, by their longest common subsequence: {@code {kind, text}}, with {@code kind} one of
 * {@code same, gone, come}, in order.
 */
export function difference(before, after) {
    let begin = 0;
    while (begin < before.length && begin < after.length && before[begin] === after[begin]) {
        begin++;
    }
    let end = 0;
    while (end < before.length - begin && end < after.length - begin && before[before.length - 1 - end] === after[after.length - 1 - end]) {
        end++;
    }
    const [left, right] = [before, after].map(list => list.slice(begin, list.length - end));
    const width = right.length + 1;
    const longest = new Uint16Array((left.length + 1) * width);
    for (let i = left.length - 1; i >= 0; i--) {
        for (let j = right.length - 1; j >= 0; j--) {
            longest[i * width + j] = left[i] === right[j] ? longest[(i + 1) * width + j + 1] + 1
                : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
        }
    }
    const found = before.slice(0, begin).map(text => ({kind: 'same', text}));
    let [i, j] = [0, 0];
    while (i < left.length || j < right.length) {
        if (i < left.length && j < right.length && left[i] === right[j]) {
            found.push({kind: 'same', text: left[i++]});
            j++;
        } else if (j === right.length || i < left.length && longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
            found.push({kind: 'gone', text: left[i++]});
        } else {
            found.push({kind: 'come', text: right[j++]});
        }
    }
    return [...found, ...before.slice(before.length - end).map(text => ({kind: 'same', text}))];
}
